using System.Globalization;

namespace GuestSessions.Bench.Bulk;

/// <summary>
/// NDJSON over PostgreSQL: with delivery paused and delivering, each with guests in turn and with files that are sorted by guests; and
/// guests that were never seen.
/// </summary>
internal static class BulkBenchmark
{
    private static readonly Scenario[] Scenarios =
    [
        new("delivery paused, two callers", Callers: 2, IsPaused: true, IsNew: false),
        new("the same, twenty lines of a guest in a row", Callers: 2, IsPaused: true, IsNew: false, InARow: 20),
        new("delivering, two callers", Callers: 2, IsPaused: false, IsNew: false),
        new("the same, twenty lines of a guest in a row", Callers: 2, IsPaused: false, IsNew: false, InARow: 20),
        new("guests never seen, one IDENTITY each, one caller", Callers: 1, IsPaused: false, IsNew: true),
    ];

    /// <param name="server">Connection string of a server's own database, to make others beside it.</param>
    /// <param name="postmaster">The server's first process, whose processor time counts.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, string server, int postmaster)
    {
        Console.WriteLine(Text($"# NDJSON over PostgreSQL, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}"));
        Console.WriteLine(Text($"\n{Machine.Describe()}; load, sink, service and PostgreSQL share it; load average {Machine.LoadAverage():N1}. Bodies of {BulkLoad.LinesOfBody:N0} lines, {settings.Guests:N0} guests, {settings.WarmUp} s to warm up.\n"));
        Console.WriteLine("| scenario | acknowledged/s | delivered/s | CPU µs of the service | CPU µs of PostgreSQL | RSS MB |\n|---|---:|---:|---:|---:|---:|");
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var scenario in Scenarios)
                Console.WriteLine(await MeasureAsync(scenario, settings, server, postmaster));
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(Scenario scenario, BenchmarkSettings settings, string server, int postmaster)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(scenario.IsPaused, folder);
            using var service = await Contender.Service(settings.Silo).StartAsync(
                new ContenderStart(folder, sink.Port, InFlight: scenario.IsPaused ? 1 : 256).OnPostgres(await Database.NewAsync(server)));
            using var load = new BulkLoad(service.Port, scenario.Callers, scenario.IsNew ? 0 : settings.Guests, scenario.InARow);
            using var end = new CancellationTokenSource();
            var running = load.RunAsync(end.Token);
            await Task.Delay(TimeSpan.FromSeconds(settings.WarmUp), TimeProvider.System);
            var (started, acknowledged, delivered) = (TimeProvider.System.GetTimestamp(), load.Acknowledged, await DeliveredAsync());
            var (processor, database) = (service.Processor, ProcessorTimes.OfServer(postmaster));
            if (await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(settings.Seconds), TimeProvider.System)) == running)
                await running; // It ends by itself with a fault only.
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            acknowledged = load.Acknowledged - acknowledged;
            delivered = await DeliveredAsync() - delivered;
            var line = Text($"| {scenario.Name} | {acknowledged / seconds:N0} | {delivered / seconds:N0} | {(service.Processor - processor).TotalMicroseconds / Math.Max(1, acknowledged):N0} | {(ProcessorTimes.OfServer(postmaster) - database).TotalMicroseconds / Math.Max(1, acknowledged):N0} | {service.ResidentBytes >> 20:N0} |");
            await end.CancelAsync();
            await running.ContinueWith(static _ => { }, TaskScheduler.Default); // What it was about to post does not count.
            // While delivery is paused nothing arrives, and guests with one event have no order.
            if (scenario is { IsPaused: false, IsNew: false })
                await Sink.EnsureOrderAsync(sink);
            return line;

            Task<long> DeliveredAsync() => scenario.IsPaused ? Task.FromResult(0L) : Sink.CountAsync(sink);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Scenario(string Name, int Callers, bool IsPaused, bool IsNew, int InARow = 1);
}
