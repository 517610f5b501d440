using System.Globalization;
using System.Text.RegularExpressions;
using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;
using GuestSessions.SystemTests.Footprint;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.HotPath;

/// <summary>What one event takes on its way from the caller to the upstream, in counts that no clock disturbs.</summary>
[Collection(nameof(HotPathTests))]
[CollectionDefinition(nameof(HotPathTests), DisableParallelization = true)]
public sealed partial class HotPathTests(ITestOutputHelper output)
{
    private const int Guests = 320;
    private const int Warm = 8;
    private const int Counted = 8;
    private const double Events = Guests * Counted;

    [Fact]
    public async Task From_the_guest_to_the_outcome_an_event_stays_within_its_budgets()
    {
        await using var database = new PostgresServer();
        await database.InitializeAsync();
        var connection = await database.NewDatabaseAsync();
        await using var silo = new InnerSilo(
            () => new PostgresStore(new PostgresSettings { ConnectionString = connection }));
        await silo.StartAsync();
        var next = 0;
        for (; next < Warm; next++)
            await silo.RecordAsync(first: 0, Guests, eventsOfGuest: 1, firstEvent: next);

        var (updates, indexed) = await UpdatesOfHeadsAsync(connection, least: Guests * Warm);
        var (bytes, log, rows) = (GC.GetTotalAllocatedBytes(precise: true), await LogAsync(connection), await RowsAsync(connection));
        await silo.RecordAsync(first: 0, Guests, Counted, firstEvent: next);
        HotPathBudget.Check(output, "bytes from guest to outcome", (GC.GetTotalAllocatedBytes(precise: true) - bytes) / Events);
        HotPathBudget.Check(output, "bytes of log", (await LogAsync(connection) - log) / Events);
        HotPathBudget.Check(output, "rows of the journal", (await RowsAsync(connection) - rows) / Events);
        var (moved, touched) = await UpdatesOfHeadsAsync(connection, updates + (Guests * Counted));
        HotPathBudget.Check(output, "moves of heads that touch an index", (touched - indexed) / (double)(moved - updates), least: 0);
        next += Counted;

        using (var tasks = new TaskCount())
        {
            await silo.RecordAsync(first: 0, Guests, Counted, firstEvent: next);
            HotPathBudget.Check(output, "tasks", tasks.Scheduled / Events);
        }

        next += Counted;
        // One guest alone: no other shares its statements.
        using var statements = new Statements();
        await silo.RecordAsync(first: 0, guests: 1, Counted, firstEvent: next);
        HotPathBudget.Check(output, "statements without company", statements.Of("INSERT INTO journal") / (double)Counted);
        Assert.Equal(0, statements.Of("snapshot.version, 0)")); // A guest in memory is not loaded.
    }

    [Fact]
    public async Task Over_http_an_event_stays_within_its_budgets()
    {
        const int guests = 256; // So many that the readings themselves do not count.
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        using var http = new HttpClient { BaseAddress = silo.Address };
        var (least, requests) = (double.MaxValue, 0L);
        // The first rounds compile code, and whatever else the process does adds to a round: the least counts.
        for (var round = 0; round < 8; round++)
        {
            var (bytes, before, arrived) = (await AllocatedAsync(http), upstream.Requests, upstream.Arrivals.Count);
            await Parallel.ForEachAsync(Enumerable.Range(0, guests), async (guest, _) =>
            {
                for (var number = 0; number < Counted; number++)
                    await client.RecordAsync(new SentEvent($"guest-{guest}", $"{round}-{number}"));
            });
            await Eventually.TrueAsync(
                () => upstream.Arrivals.Count == arrived + (guests * Counted), TimeSpan.FromMinutes(1), "all arrive");
            least = Math.Min(least, (await AllocatedAsync(http) - bytes) / (guests * Counted));
            requests = upstream.Requests - before;
        }

        HotPathBudget.Check(output, "bytes over http", least);
        HotPathBudget.Check(output, "requests to the upstream", requests / (double)(guests * Counted));
    }

    [Fact]
    public void Every_budget_is_checked()
    {
        var checks = string.Concat(Directory.GetFiles(Path.Combine(Binaries.Root, "tests", "System", "HotPath"), "*Tests.cs")
            .Select(File.ReadAllText));

        Assert.NotEmpty(HotPathBudget.Names);
        Assert.All(HotPathBudget.Names, name => Assert.Contains($"\"{name}\"", checks, StringComparison.Ordinal));
    }

    private static async Task<double> LogAsync(string connection) => (await PostgresServer.ReadAsync<double>(
        connection, "SELECT (pg_current_wal_insert_lsn() - '0/0')::float8"))[0];

    private static async Task<long> RowsAsync(string connection) =>
        (await PostgresServer.ReadAsync<long>(connection, "SELECT count(*) FROM journal"))[0];

    /// <summary>The updates of heads since the start, and those among them that touched an index.</summary>
    /// <param name="least">A connection tells the server's statistics seconds later what it has done: waits for so many.</param>
    private static async Task<(long All, long Indexed)> UpdatesOfHeadsAsync(string connection, long least)
    {
        List<long> updates = [];
        await Eventually.TrueAsync(
            async () =>
            {
                updates = [.. await PostgresServer.ReadAsync<long>(
                    connection,
                    "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'head' UNION ALL "
                    + "SELECT n_tup_upd - n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'head'")];
                return updates[0] >= least;
            },
            TimeSpan.FromMinutes(1), "the statistics have the updates");
        return (updates[0], updates[1]);
    }

    /// <summary>What the process has allocated until now. It answers several readers at once with the same reading.</summary>
    private static async Task<double> AllocatedAsync(HttpClient http)
    {
        var (first, last) = (await ReadAsync(), 0.0);
        await Eventually.TrueAsync(async () => (last = await ReadAsync()) > first, TimeSpan.FromSeconds(30), "a new reading");
        return last;

        async Task<double> ReadAsync() => double.Parse(
            Allocated().Match(await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Groups[1].Value,
            CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(?m)^dotnet_gc_heap_total_allocated_bytes_total\S* (\S+)")]
    private static partial Regex Allocated();
}
