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
                    var measure = await MeasureAsync(contender, scenario, settings, report);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{scenario.Name,-14} round {round}/{settings.Rounds}  {contender.Name,-17} {measure}"));
                }
            }
        }

        var text = report.ToMarkdown();
        Console.WriteLine();
        Console.WriteLine(text);
        if (settings.Results is { } results)
        {
            var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await File.WriteAllTextAsync(Path.Combine(results, $"{today}.md"), text);
        }

        return 0;
    }

    private static async Task<Measure> MeasureAsync(
        Contender contender, Scenario scenario, BenchmarkSettings settings, Report report)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            report.Note(Machine.Sync(folder), Machine.LoadAverage());
            using var sink = await Sink.StartAsync(scenario.IsUpstreamPaused, folder);
            using var process = await contender.StartAsync(new ContenderStart(
                folder, sink.Port, InFlight: scenario.IsUpstreamPaused ? 1 : 512));
            var measure = await MeasureAsync(process, sink, scenario, settings);
            report.Add(scenario, contender, measure);
            return measure;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measure> MeasureAsync(
        ChildProcess process, ChildProcess sink, Scenario scenario, BenchmarkSettings settings)
    {
        var load = new ClosedLoop(process.Port, settings.Connections);
        load.Start(Scenario.Spread(settings.Guests, settings.Connections));
        await Task.Delay(TimeSpan.FromSeconds(settings.WarmUp), TimeProvider.System);

        var (processor, delivered) = (process.Processor, await Sink.CountAsync(sink));
        var result = await load.MeasureAsync(
            scenario.GuestOf, TimeSpan.FromSeconds(settings.Seconds), scenario.EndsAtRefusal);
        processor = process.Processor - processor;
        delivered = await Sink.CountAsync(sink) - delivered;

        await load.StopAsync();
        return new Measure(
            result, delivered / result.Elapsed.TotalSeconds, processor, process.ResidentBytes, process.ReadyAfter);
    }
}
