using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>
/// Three times as much as can be stored, in open loop: what is acknowledged meanwhile, how fast the rest is refused, how long
/// until all is as before, and whether memory grows.
/// </summary>
internal static class Overload
{
    private const int Connections = 1_000;
    private const double Times = 3;

    /// <summary>Seconds of the peak and of half of it: enough to know them.</summary>
    private const int Calm = 30;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);
            using var service = await Contender.Service(settings.Silo).StartAsync(
                new ContenderStart(folder, sink.Port, InFlight: 512));
            // The load runs on the others: three times as much of it is not to take the processor from what it overloads.
            service.KeepTo(core: 0);
            Console.WriteLine(await MeasureAsync(service, settings));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(ChildProcess service, BenchmarkSettings settings)
    {
        var time = settings.Seconds * Second;
        var calm = Math.Min(settings.Seconds, Calm) * Second;
        var peak = await PeakAsync(service, settings, calm);
        using var crowd = new OpenLoop(service.Port, Connections, Scenario.Spread(settings.Guests));
        await crowd.ConnectAsync();
        var before = await crowd.RunAsync(peak / 2, calm);
        var memoryBefore = service.ResidentBytes;
        var overload = await crowd.RunAsync(peak * Times, time);
        var memoryAfter = service.ResidentBytes;
        var calmAfter = 0;
        while (calmAfter < 30 && await IsRestlessAsync(crowd, peak / 2, before))
            calmAfter++;

        return string.Create(CultureInfo.InvariantCulture, $"""
            | | |
            |---|---|
            | peak, closed loop | {peak:N0} acked/s |
            | half of it, open loop | {before.PerSecond:N0} acked/s, p99 {before.AcknowledgedMs(0.99):N0} ms, refused {before.Refused} |
            | {Times} ×, open loop, {time.TotalSeconds:N0} s | {overload.PerSecond:N0} acked/s ({overload.PerSecond / peak:P0} of the peak), p99 {overload.AcknowledgedMs(0.99):N0} ms |
            | refused meanwhile | {overload.Refused:N0}, p50 {overload.RefusedMs(0.5):N1} ms, p90 {overload.RefusedMs(0.9):N1} ms, p99 {overload.RefusedMs(0.99):N1} ms |
            | not sent for want of a connection | {overload.Unsent:N0} |
            | as before after | {calmAfter} s |
            | resident | {memoryBefore >> 20} MB before, {memoryAfter >> 20} MB after |
            | load average | {Machine.LoadAverage():N1} |
            """);
    }

    private static async Task<double> PeakAsync(ChildProcess service, BenchmarkSettings settings, TimeSpan time)
    {
        var guestOf = Scenario.Spread(settings.Guests);
        var load = new ClosedLoop(service.Port, settings.Connections);
        load.Start(guestOf);
        await Task.Delay(settings.WarmUp * Second, TimeProvider.System);
        var result = await load.MeasureAsync(guestOf, time, endsAtRefusal: false);
        await load.StopAsync();
        return result.PerSecond;
    }

    /// <summary>A second at half of the peak: refusals, or latencies well above those from before.</summary>
    private static async Task<bool> IsRestlessAsync(OpenLoop crowd, double rate, OpenResult before)
    {
        var now = await crowd.RunAsync(rate, Second);
        return now.Refused > 0 || now.AcknowledgedMs(0.99) > 2 * Math.Max(10, before.AcknowledgedMs(0.99));
    }
}
