using GuestSessions.Core.Journal;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>A primary whose commits wait for a standby, and the loss of either.</summary>
public sealed class PostgresStandbyTests : IAsyncLifetime
{
    private readonly PostgresServer _primary = new();
    private PostgresServer _standby = null!;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        await _primary.InitializeAsync();
        _database = (await _primary.NewDatabaseAsync()).Split("Database=")[1];
        _standby = await _primary.NewStandbyAsync("standby");
        await _primary.WaitForStandbysAsync("standby");
        await Eventually.TrueAsync(_primary.IsFollowedAsync, what: "the standby follows");
    }

    public async ValueTask DisposeAsync()
    {
        _standby.Freeze(false);
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
    }

    [Fact]
    public async Task What_the_standby_has_not_got_is_neither_acknowledged_nor_seen()
    {
        await using var journal = await OpenAsync();
        await journal.FillAsync("anna", 1);
        _standby.Freeze(true);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(journal.Keyring.Entry("anna", 2)));
        // A later activation must not take it as stored either: it would answer a repeated event as a duplicate.
        Assert.True(await SafelyAsync(journal) is null or [1]);

        _standby.Freeze(false);
        await Eventually.TrueAsync(async () => await SafelyAsync(journal) is [1, 2], what: "the standby has it");
    }

    [Fact]
    public async Task A_primary_that_restarts_without_its_standby_shows_nothing_that_it_alone_has()
    {
        await using var journal = await OpenAsync();
        await journal.FillAsync("anna", 1);
        _standby.Freeze(true);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(journal.Keyring.Entry("anna", 2)));

        await _primary.StopAsync(PostgresStop.Kill);
        await _primary.StartAsync();

        // It recovered the commit from its own log, so it has it; but nobody may rely on it yet.
        await Assert.ThrowsAsync<JournalUnavailableException>(() => SeenAsync(journal));
        _standby.Freeze(false);
        await Eventually.TrueAsync(async () => await SafelyAsync(journal) is [1, 2], what: "the standby has it");
    }

    [Fact]
    public async Task A_promoted_standby_continues_and_the_old_primary_gets_nothing_when_it_returns()
    {
        await using var journal = await OpenAsync();
        await journal.FillAsync("anna", 3);

        await _primary.StopAsync(PostgresStop.Kill);
        await _standby.PromoteAsync();
        await _standby.WaitForStandbysAsync("");
        await Eventually.TrueAsync(async () => await SafelyAsync(journal) is [1, 2, 3], what: "the promoted standby answers");
        await StoreAsync(journal, 4);

        // Nobody told it. It would take writes, and it is the first in the connection string.
        await _primary.StartAsync();
        await _primary.WaitForStandbysAsync("");
        await _standby.StopAsync(PostgresStop.Kill);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => SeenAsync(journal));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(journal.Keyring.Entry("anna", 5)));
        Assert.Equal([3], await PostgresServer.ReadAsync<long>(_primary.ConnectionString(_database), "SELECT version FROM head"));

        await _standby.StartAsync();
        await StoreAsync(journal, 5);
        Assert.Equal([3], await PostgresServer.ReadAsync<long>(_primary.ConnectionString(_database), "SELECT version FROM head"));
    }

    private Task<Journal> OpenAsync() => Journals.OpenAsync(new PostgresStore(new PostgresSettings
    {
        ConnectionString = _primary.ConnectionStringWith(_standby, _database),
        StatementTimeout = TimeSpan.FromSeconds(1),
    }));

    private static Task<List<long>> SeenAsync(Journal journal) => journal.VersionsAsync("anna");

    private static async Task<List<long>?> SafelyAsync(Journal journal)
    {
        try
        {
            return await SeenAsync(journal);
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Appends, as activations do: after an unknown outcome they read what is stored.</summary>
    private static Task StoreAsync(Journal journal, long version) => Eventually.TrueAsync(
        async () =>
        {
            if (await SafelyAsync(journal) is not { } seen)
                return false;
            if (seen[^1] == version)
                return true;
            await Record.ExceptionAsync(() => journal.AppendAsync(journal.Keyring.Entry("anna", version)));
            return false;
        },
        what: $"version {version} is stored");
}
