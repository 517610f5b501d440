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
    private PostgresStore _store = null!;
    private Journal _journal = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _schema = await _server.NewSchemaAsync();
        _store = new PostgresStore(new PostgresSettings { ConnectionString = _schema });
        _journal = await Journals.OpenAsync(_store);
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
            async () => (await PostgresServer.ReadAsync<long>(_schema, Counted("n_tup_upd")))[0] == 800,
            TimeSpan.FromSeconds(30), "the server has counted 800 updates");
        var untouched = (await PostgresServer.ReadAsync<long>(_schema, Counted("n_tup_hot_upd")))[0];
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

        await _journal.TidyPendingAsync(delivered, delivered, CancellationToken.None);
        Assert.Equal([3], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
        await _journal.TidyPendingAsync(delivered + TimeSpan.FromTicks(1), DateTimeOffset.MaxValue, CancellationToken.None);
        Assert.Equal([0], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
    }

    [Fact]
    public async Task However_many_delivered_guests_are_in_the_index_they_are_all_taken_out()
    {
        await FillIndexAsync();
        Assert.Equal([25_001], await PostgresServer.ReadAsync<int>(_schema, MaybePending));

        await _journal.TidyPendingAsync(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal([0], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
    }

    [Fact]
    public async Task A_guest_whose_silo_has_a_clock_that_is_ahead_leaves_it_too()
    {
        await LiveAsync(guests: 1, commits: 3);
        var ahead = Entries.Start + TimeSpan.FromDays(1);
        await PostgresServer.ReadAsync<int>(
            _schema, $"WITH kept AS (UPDATE head SET kept_at = {ahead.UtcTicks} RETURNING 1) SELECT count(*)::int FROM kept");

        await _journal.TidyPendingAsync(Entries.Start, Entries.Start + TimeSpan.FromHours(1), CancellationToken.None);

        Assert.Equal([0], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
    }

    [Fact]
    public async Task Counting_reads_no_whole_table_although_the_planner_believes_that_all_guests_are_in_the_index()
    {
        await FillIndexAsync();
        await PostgresServer.ReadAsync<string>(_schema, "ANALYZE head; SELECT ''");
        await _journal.TidyPendingAsync(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, CancellationToken.None);
        var before = (await PostgresServer.ReadAsync<long>(_schema, Counted("idx_scan")))[0];
        var whole = (await PostgresServer.ReadAsync<long>(_schema, Counted("seq_scan")))[0];

        for (var time = 0; time < 100; time++)
            await _store.Lists.CountAsync("demo", 10_000, CancellationToken.None);

        await Eventually.TrueAsync(
            async () => (await PostgresServer.ReadAsync<long>(_schema, Counted("idx_scan")))[0] >= before + 100,
            TimeSpan.FromSeconds(30), "the server has counted the reads");
        Assert.Equal([whole], await PostgresServer.ReadAsync<long>(_schema, Counted("seq_scan")));
    }

    [Fact]
    public async Task A_guest_that_is_pending_stays_in_it()
    {
        await LiveAsync(guests: 1, commits: 2);

        await _journal.TidyPendingAsync(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, CancellationToken.None);

        Assert.Equal([1], await PostgresServer.ReadAsync<int>(_schema, MaybePending));
        Assert.Single(await _journal.ReadPendingAsync(null, 10, CancellationToken.None));
    }

    /// <summary>25,001 guests in the index, of whom none is pending.</summary>
    private async Task FillIndexAsync()
    {
        await LiveAsync(guests: 1, commits: 3);
        await PostgresServer.ReadAsync<int>(
            _schema,
            "WITH more AS (INSERT INTO head SELECT gen_random_uuid(), opened, kept_format, version, since, kept_at, kept_commit, "
            + "undelivered, pending, maybe_pending, hot, kept, block, tenant, 'guest-' || number, floor, erased "
            + "FROM head, generate_series(1, 25000) AS number RETURNING 1) SELECT count(*)::int FROM more");
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

    private static string Counted(string column) =>
        $"SELECT {column} FROM pg_stat_user_tables WHERE relname = 'head' AND schemaname = current_schema()";
}
