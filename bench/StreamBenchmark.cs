using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>
/// A long NDJSON stream, every line's answer checked, with the service's memory along the way; and single POST over as
/// many guests beside it.
/// </summary>
internal static class StreamBenchmark
{
    private const int Connections = 64;
    private const int Stretches = 10;

    public static async Task<int> RunAsync(BenchmarkSettings settings, int lines)
    {
        Console.WriteLine(Text($"# NDJSON over HTTP/2 on SQLite, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, commit {settings.Commit}"));
        Console.WriteLine(Text($"\n- Machine: {Machine.Describe()}; load, sink and service share it; load average before {Machine.LoadAverage():N1}."));
        Console.WriteLine(Text($"- {lines:N0} lines over {settings.Guests:N0} guests on one stream; the upstream answers at once.\n"));

        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);
            using var service = await Contender.Service(settings.Silo).StartAsync(
                new ContenderStart(folder, sink.Port, InFlight: 512));
            await StreamAsync(service, settings, lines);
            await SinglyAsync(service, settings);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StreamAsync(ChildProcess service, BenchmarkSettings settings, int lines)
    {
        Console.WriteLine("| lines answered | seconds | RSS MB | CPU µs a line |\n|---:|---:|---:|---:|");
        var processor = service.Processor;
        var load = new StreamLoad(service.Port, settings.Guests);
        var running = load.RunAsync(lines);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var stretch = 1; stretch <= Stretches; stretch++)
        {
            while (!running.IsCompleted && load.Answered < (long)lines * stretch / Stretches)
                await timer.WaitForNextTickAsync();
            if (running.IsFaulted)
                break;
            Console.WriteLine(Text($"| {load.Answered:N0} | {clock.Elapsed.TotalSeconds:N1} | {service.ResidentBytes >> 20:N0} | {(service.Processor - processor).TotalMicroseconds / load.Answered:N0} |"));
        }

        var result = await running;
        Console.WriteLine(Text($"\nstream: {result.PerSecond:N0} lines acked/s, every line answered in its place; {result.Summary}"));
    }

    private static async Task SinglyAsync(ChildProcess service, BenchmarkSettings settings)
    {
        var load = new ClosedLoop(service.Port, Connections);
        load.Start(Scenario.Spread(settings.Guests, Connections));
        await Task.Delay(TimeSpan.FromSeconds(settings.WarmUp), TimeProvider.System);
        var processor = service.Processor;
        var result = await load.MeasureAsync(
            Scenario.Spread(settings.Guests, Connections), TimeSpan.FromSeconds(settings.Seconds), endsAtRefusal: false);
        processor = service.Processor - processor;
        await load.StopAsync();
        Console.WriteLine(Text($"single POST, {Connections} connections, same guests: {result.PerSecond:N0} acked/s, p50 {result.P50Ms:N1} ms, p99 {result.P99Ms:N1} ms, {processor.TotalMicroseconds / Math.Max(1, result.Acknowledged):N0} CPU µs an event"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
