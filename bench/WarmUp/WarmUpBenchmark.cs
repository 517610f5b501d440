using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.WarmUp;

/// <summary>
/// How fast the service is in its first seconds after a restart: what is delivered in each second of a closed loop that begins when it is
/// ready. Its guests are stored, and none is in memory.
/// </summary>
internal static class WarmUpBenchmark
{
    private const int Connections = 64;

    /// <summary>Seconds after which a service should be nearly warm, and at the end of the run, when it is.</summary>
    private const int First = 5;
    private const int Warm = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="name">What is measured, as the table calls it.</param>
    /// <param name="database">Connection string of an empty database.</param>
    public static async Task<int> RunAsync(BenchmarkSettings settings, string name, string database)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);
            var start = new ContenderStart(folder, sink.Port, InFlight: 512).OnPostgres(database);
            await StoreGuestsAsync(settings, start, sink);
            var started = TimeProvider.System.GetTimestamp();
            using var service = await Contender.Service(settings.Silo).StartAsync(start);
            var ready = TimeProvider.System.GetElapsedTime(started);
            var delivered = await DeliverAsync(service, sink, settings);

            var warm = delivered.TakeLast(Warm).Average();
            var first = delivered.Take(First).Average();
            Console.WriteLine(Text($"| {name} | {ready.TotalSeconds:N1} | {string.Join(' ', delivered.Select(static count => Text($"{count / 1000.0:N1}")))} | {warm:N0} | {first:N0} | {first / warm:N2} |"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>An earlier life of the service, in which each guest has about two events.</summary>
    private static async Task StoreGuestsAsync(BenchmarkSettings settings, ContenderStart start, ChildProcess sink)
    {
        using var service = await Contender.Service(settings.Silo).StartAsync(start);
        var load = new ClosedLoop(service.Port, Connections);
        load.Start(Scenario.Spread(settings.Guests, Connections));
        while (load.Acknowledged < 2 * settings.Guests)
            await Task.Delay(Pause, TimeProvider.System);
        await load.StopAsync();
        while (await Sink.CountAsync(sink) < load.Acknowledged)
            await Task.Delay(Pause, TimeProvider.System);
    }

    private static async Task<List<double>> DeliverAsync(ChildProcess service, ChildProcess sink, BenchmarkSettings settings)
    {
        var load = new ClosedLoop(service.Port, Connections);
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1));
        load.Start(Scenario.Spread(settings.Guests, Connections));
        List<double> delivered = [];
        var last = await Sink.CountAsync(sink);
        for (var second = 0; second < settings.Seconds; second++)
        {
            await seconds.WaitForNextTickAsync();
            var count = await Sink.CountAsync(sink);
            delivered.Add(count - last);
            last = count;
        }

        await load.StopAsync();
        return delivered;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
