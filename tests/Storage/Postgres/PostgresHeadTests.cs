using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Postgres;

/// <summary>A guest's head row changes with every commit, and should touch no index.</summary>
public sealed class PostgresHeadTests : IAsyncLifetime
{
    // A transaction of another test would keep the server from removing old heads.
    private readonly PostgresServer _server = new();

    private const string MaybePending = "SELECT count(*)::int FROM head WHERE maybe_pending";

    private string _schema = null!;
    private Journal _journal = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _schema = await _server.NewSchemaAsync();
        _journal = await Journals.OpenAsync(new PostgresStore(new PostgresSettings { ConnectionString = _schema }));
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Recording_and_delivering_an_event_touch_no_index_of_the_head()
    {
        await LiveAsync(guests: 20, commits: 41);

        await Eventually.TrueAsync(
            async () => (await PostgresServer.ReadAsync<long>(_schema, Updates("n_tup_upd")))[0] == 800,
            TimeSpan.FromSeconds(30), "the server has counted 800 updates");
        var untouched = (await PostgresServer.ReadAsync<long>(_schema, Updates("n_tup_hot_upd")))[0];
        Assert.InRange(untouched, 760, 800);
    }

    [Fact]
    public async Task A_guest_leaves_the_index_of_pending_guests_when_its_last_delivery_is_old_enough()
    {
        await LiveAsync(guests: 3, commits: 3);
        Assert.Equal([3], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
        Assert.Empty(await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
        var delivered = Entries.Start + TimeSpan.FromHours(1);
        await PostgresServer.ReadAsync<int>(
            _schema, $"WITH kept AS (UPDATE head SET kept_at = {delivered.UtcTicks} RETURNING 1) SELECT count(*)::int FROM kept");

        await _journal.TidyPendingAsync(delivered, CancellationToken.None);
        Assert.Equal([3], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
        await _journal.TidyPendingAsync(delivered + TimeSpan.FromTicks(1), CancellationToken.None);
        Assert.Equal([0], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
    }

    [Fact]
    public async Task However_many_delivered_guests_are_in_the_index_they_are_all_taken_out()
    {
        await LiveAsync(guests: 1, commits: 3);
        await PostgresServer.ReadAsync<int>(
            _schema,
            "WITH more AS (INSERT INTO head SELECT gen_random_uuid(), opened, kept_format, version, since, kept_at, kept_commit, "
            + "undelivered, pending, maybe_pending, hot, kept, block, tenant, 'guest-' || number, floor, erased "
            + "FROM head, generate_series(1, 25000) AS number RETURNING 1) SELECT count(*)::int FROM more");
        Assert.Equal([25_001], await PostgresServer.ReadAsync<int>(_schema, MaybePending));

        await _journal.TidyPendingAsync(DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal([0], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
    }

    [Fact]
    public async Task A_guest_that_is_pending_stays_in_it()
    {
        await LiveAsync(guests: 1, commits: 2);

        await _journal.TidyPendingAsync(DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal([1], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
        Assert.Single(await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
    }

    /// <summary>Guests open, and then record an event and deliver it in turn.</summary>
    private async Task LiveAsync(int guests, int commits)
    {
        for (var version = 1; version <= commits; version++)
        {
            foreach (var guest in Enumerable.Range(0, guests))
                await _journal.AppendAsync(
                    _journal.Keyring.Entry($"guest-{guest}", version, pending: version % 2 == 0));
        }
    }

    private static string Updates(string column) =>
        $"SELECT {column} FROM pg_stat_user_tables WHERE relname = 'head' AND schemaname = current_schema()";
}
