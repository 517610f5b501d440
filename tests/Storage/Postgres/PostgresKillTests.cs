using GuestSessions.Core.Journal;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>A server of the test's own, which is killed under load.</summary>
public sealed class PostgresKillTests : IAsyncLifetime
{
    private const int Guests = 16;

    private readonly PostgresServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(PostgresStop.Immediate)]
    [InlineData(PostgresStop.Kill)]
    public async Task Commits_that_a_dying_server_acknowledged_are_there_after_its_restart(PostgresStop how)
    {
        var schema = await _server.NewSchemaAsync();
        await using var journal = await Journals.OpenAsync(
            new PostgresStore(new PostgresSettings { ConnectionString = schema }));
        using var enough = new CancellationTokenSource();
        var acknowledged = new int[Guests];
        var refused = 0;
        var load = Enumerable.Range(0, Guests).Select(i => Task.Run(() => AppendAsync(i))).ToList();

        for (var kill = 1; kill <= 2; kill++)
        {
            var before = acknowledged.Sum();
            var refusals = refused;
            await Eventually.TrueAsync(() => acknowledged.Sum() > before + 200, what: "commits");
            await _server.StopAsync(how);
            await Eventually.TrueAsync(() => refused > refusals, what: "a refusal");
            await _server.StartAsync();
            await Eventually.TrueAsync(
                () => acknowledged.Sum() > before + 400, what: "commits after the restart");
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);
        for (var i = 0; i < Guests; i++)
            Assert.Equal(acknowledged[i], (await journal.LoadAsync($"guest-{i}")).Commits.Count);

        // As an activation does: after an unknown outcome it discards its memory and replays.
        async Task AppendAsync(int guest)
        {
            var version = 1;
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    Assert.Equal(
                        AppendResult.Written,
                        await journal.AppendAsync(journal.Keyring.Entry($"guest-{guest}", version)));
                    acknowledged[guest] = version++;
                }
                catch (JournalUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                    version = await ReplayAsync(guest, acknowledged[guest]);
                }
            }
        }

        async Task<int> ReplayAsync(int guest, int known)
        {
            var stored = 0;
            await Eventually.TrueAsync(
                async () =>
                {
                    try
                    {
                        stored = (await journal.LoadAsync($"guest-{guest}")).Commits.Count;
                        return true;
                    }
                    catch (JournalUnavailableException)
                    {
                        return false;
                    }
                },
                what: "the journal can be read again");
            Assert.InRange(stored, known, known + 1);
            acknowledged[guest] = stored;
            return stored + 1;
        }
    }
}
