using System.Diagnostics;
using System.Globalization;
using GuestSessions.Bench.Load;
using Npgsql;

namespace GuestSessions.Bench.Reads;

/// <summary>
/// What support waits for while many guests are stored, nearly all of them asleep: after a restart, warm, and beside ingest at half
/// its rate; and what those reads take from ingest.
/// </summary>
internal static class ReadsBenchmark
{
    private const int Readers = 4;
    private const int BusyGuests = 10_000;

    private static readonly TimeSpan PauseBesideIngest = TimeSpan.FromMilliseconds(100);

    /// <param name="guests">Guests to store, with five events each.</param>
    /// <param name="database">Connection string of an empty database.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, int guests, string database)
    {
        Console.WriteLine(Text($"# Reads with {guests:N0} guests and {(long)guests * StoredGuests.EventsOfGuest:N0} events stored, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}\n"));
        Console.WriteLine(Text($"{Machine.Describe()}; load, sink, service and PostgreSQL share it.\n"));
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);
            var start = new ContenderStart(folder, sink.Port, InFlight: 256)
            {
                Variables =
                [
                    ("Sessions__Tenants__bench__ApiKeys__0__Scopes__1", "support:read"),
                    ("Sessions__Tenants__bench__ApiKeys__0__Scopes__2", "admin"),
                ],
            }.OnPostgres(database);
            await StoreAsync(settings, guests, start, sink);

            var began = Stopwatch.GetTimestamp();
            using var service = await Contender.Service(settings.Silo).StartAsync(start);
            Console.WriteLine(Text($"Ready {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s after a restart. The database has {await SizeAsync(database):N1} GB.\n"));
            using var reads = new ReadMix(service.Port, guests);
            Console.WriteLine("| reads | search by e-mail p50 / p99 | any text | guest | timeline | one event | quarantine | in doubt | audit | delivery health |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
            var time = TimeSpan.FromSeconds(settings.Seconds);
            Print("first seconds after the restart", await reads.RunAsync(Readers, TimeSpan.Zero, time));
            await reads.RunAsync(Readers, TimeSpan.Zero, TimeSpan.FromSeconds(settings.WarmUp));
            Print("warm, one reader without a pause", await reads.RunAsync(readers: 1, TimeSpan.Zero, time));
            Print("warm, four readers without a pause", await reads.RunAsync(Readers, TimeSpan.Zero, time));
            await BesideIngestAsync(settings, service, reads);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StoreAsync(BenchmarkSettings settings, int guests, ContenderStart start, ChildProcess sink)
    {
        using var service = await Contender.Service(settings.Silo).StartAsync(start);
        using var load = new StoredGuests(service.Port, guests);
        var began = Stopwatch.GetTimestamp();
        await load.LoadAsync();
        while (await Sink.CountAsync(sink) < (long)guests * StoredGuests.EventsOfGuest)
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Console.WriteLine(Text($"Stored and delivered in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s, {guests / Stopwatch.GetElapsedTime(began).TotalSeconds:N0} new guests a second; resident {service.ResidentBytes >> 20:N0} MB.\n"));
    }

    private static async Task BesideIngestAsync(BenchmarkSettings settings, ChildProcess service, ReadMix reads)
    {
        static string Guest(int number) => $"guest-{number % BusyGuests}";

        var time = TimeSpan.FromSeconds(settings.Seconds);
        var closed = new ClosedLoop(service.Port, settings.Connections);
        closed.Start(Guest);
        await Task.Delay(TimeSpan.FromSeconds(settings.WarmUp), TimeProvider.System);
        var whole = (await closed.MeasureAsync(Guest, time, endsAtRefusal: false)).PerSecond;
        await closed.StopAsync();
        using var ingest = new OpenLoop(service.Port, settings.Connections, Guest);
        await ingest.ConnectAsync();
        List<(OpenResult Alone, OpenResult Beside)> rounds = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            var alone = await ingest.RunAsync(whole / 2, time);
            var running = ingest.RunAsync(whole / 2, time);
            Print("beside ingest at half its rate", await reads.RunAsync(Readers, PauseBesideIngest, time));
            rounds.Add((alone, await running));
        }

        Console.WriteLine(Text($"\nIngest takes {whole:N0} events/s over {settings.Connections} connections, and is asked for half of that. Reads come {Readers / PauseBesideIngest.TotalSeconds:N0} a second at most.\n"));
        Console.WriteLine("| round | accepted/s alone | beside reads | p50 ms alone | beside reads | p99 ms alone | beside reads |\n|---:|---:|---:|---:|---:|---:|---:|");
        for (var round = 0; round < rounds.Count; round++)
        {
            var (alone, beside) = rounds[round];
            Console.WriteLine(Text($"| {round + 1} | {alone.PerSecond:N0} | {beside.PerSecond:N0} | {alone.AcknowledgedMs(0.5):N1} | {beside.AcknowledgedMs(0.5):N1} | {alone.AcknowledgedMs(0.99):N1} | {beside.AcknowledgedMs(0.99):N1} |"));
        }
    }

    private static void Print(string name, IReadOnlyList<(string Name, List<double> Ms)> kinds) => Console.WriteLine(
        $"| {name} | {string.Join(" | ", kinds.Select(static kind => Text($"{kind.Ms.At(0.5):N1} / {kind.Ms.At(0.99):N1}")))} |");

    private static async Task<double> SizeAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Pooling=false");
        await using var command = source.CreateCommand("SELECT pg_database_size(current_database())");
        return (long)(await command.ExecuteScalarAsync())! / 1e9;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
