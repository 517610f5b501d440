using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>The rounds: each contender in turn, over a fresh folder and a fresh sink, medians at the end.</summary>
internal static class Benchmark
{
    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        Contender[] contenders = [Contender.Service(settings.Silo), Contender.Baseline];
        var report = new Report(settings);
        foreach (var scenario in Scenario.All(settings))
        {
            for (var round = 1; round <= settings.Rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    var measure = await MeasureAsync(contender, scenario, settings);
                    report.Add(scenario, contender, measure);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{scenario.Name,-22} round {round}/{settings.Rounds}  {contender.Name,-17} {measure}"));
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine(report.ToMarkdown());
        return 0;
    }

    private static async Task<Measure> MeasureAsync(Contender contender, Scenario scenario, BenchmarkSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            var sinkPort = ChildProcess.FreePort();
            using var sink = await ChildProcess.StartAsync(
                sinkPort, "/count", folder,
                [typeof(Benchmark).Assembly.Location, "sink", $"{sinkPort}", scenario.IsUpstreamPaused ? "paused" : "open"]);
            using var process = await contender.StartAsync(folder, sink.Port);
            var load = new ClosedLoop(process.Port, settings.Connections, scenario.GuestOf);
            var measured = TimeSpan.FromSeconds(settings.Seconds);
            var processor = process.Processor;
            var result = await load.RunAsync(measured / 3, measured);
            var used = (process.Processor - processor) / (measured * 4 / 3);
            return new Measure(
                result, await DeliveredAsync(sink, measured * 4 / 3), used, process.ResidentBytes, process.ReadyAfter);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> DeliveredAsync(ChildProcess sink, TimeSpan span)
    {
        using var client = new HttpClient();
        var count = await client.GetStringAsync(new Uri($"http://127.0.0.1:{sink.Port}/count"));
        return double.Parse(count, CultureInfo.InvariantCulture) / span.TotalSeconds;
    }
}

/// <param name="IsUpstreamPaused">Ingest alone, or the whole path.</param>
/// <param name="GuestOf">The guest of the n-th event.</param>
internal sealed record Scenario(string Name, bool IsUpstreamPaused, Func<int, string> GuestOf)
{
    public static IEnumerable<Scenario> All(BenchmarkSettings settings)
    {
        string Spread(int number) => $"guest-{number % settings.Guests}";
        yield return new Scenario("ingest, upstream paused", true, Spread);
        yield return new Scenario("whole path", false, Spread);
    }
}

/// <param name="DeliveredPerSecond">Events that reached the sink, over warm-up and measured time.</param>
/// <param name="Cores">Processor time used by the contender, in cores.</param>
internal sealed record Measure(
    LoadResult Load, double DeliveredPerSecond, double Cores, long ResidentBytes, TimeSpan ReadyAfter)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Load.PerSecond,7:N0} acked/s  {DeliveredPerSecond,7:N0} delivered/s  p50 {Load.MedianMs:N1} ms  p99 {Load.WorstMs:N1} ms  {Cores:N2} cores  {ResidentBytes >> 20} MB  refused {Load.Refused}");
}
