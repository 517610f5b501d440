using System.Diagnostics;
using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>
/// Three times as much as can be stored, in open loop: what is acknowledged meanwhile, how fast the rest is refused, how long
/// until all is as before, and whether memory grows. Rounds are short and find the peak anew: machines are not as fast now as
/// they were a minute ago.
/// </summary>
internal static class Overload
{
    private const int Connections = 1_000;
    private const double Times = 3;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);

            // The load runs on the others: three times as much of it is not to take the processor from what it overloads.
            using var service = await Contender.Service(settings.Silo).StartAsync(new ContenderStart(
                folder, sink.Port, InFlight: 512, Core: Environment.ProcessorCount < Machine.Cores ? 0 : null));
            await MeasureAsync(service.Port, sink.Port, () => [service.ResidentBytes], settings);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same of a service that runs already.</summary>
    /// <param name="processes">Their ids; resident memory is told of each.</param>
    public static async Task<int> RunAtAsync(int port, int sinkPort, int[] processes, BenchmarkSettings settings)
    {
        await MeasureAsync(port, sinkPort, () => [.. processes.Select(ResidentBytesOf)], settings);
        return 0;
    }

    private static long ResidentBytesOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }

    private static async Task MeasureAsync(
        int port, int sinkPort, Func<long[]> residentBytes, BenchmarkSettings settings)
    {
        await PeakAsync(port, sinkPort, settings, settings.WarmUp * Second);
        using var crowd = new OpenLoop(port, Connections, Scenario.Spread(settings.Guests, settings.Connections));
        await crowd.ConnectAsync();

        Print($"{Machine.Describe()}, load average {Machine.LoadAverage():N1}");
        Print($"""
            | peak | half of it | as much, {settings.Seconds} s | {Times} times, {settings.Seconds} s | of the peak | delivered | refused, s | p50 | p90 | p99 | unsent | as before | resident |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """);
        List<(double Peak, double Even, double Overload)> rounds = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            await DrainedAsync(sinkPort);
            var peak = await PeakAsync(port, sinkPort, settings, Calm);
            var before = await crowd.RunAsync(peak / 2, Calm);
            var (even, evenDelivered) = await RunAsync(crowd, sinkPort, peak, settings);
            await DrainedAsync(sinkPort);
            var memory = Megabytes(residentBytes());
            var (overload, delivered) = await RunAsync(crowd, sinkPort, peak * Times, settings);
            var memoryAfter = Megabytes(residentBytes());
            var calmAfter = 0;
            while (calmAfter < 30 && await IsRestlessAsync(crowd, peak / 2, before))
                calmAfter++;
            Print($"| {peak:N0}/s | p99 {before.AcknowledgedMs(0.99):N0} ms, refused {before.Refused} | {even.PerSecond:N0}/s, p99 {even.AcknowledgedMs(0.99):N0} ms, refused {even.Refused / settings.Seconds:N0}/s | {overload.PerSecond:N0}/s, p99 {overload.AcknowledgedMs(0.99):N0} ms | {overload.PerSecond / peak:P0} | {delivered:N0}/s | {overload.Refused / settings.Seconds:N0} | {overload.RefusedMs(0.5):N1} ms | {overload.RefusedMs(0.9):N1} ms | {overload.RefusedMs(0.99):N1} ms | {overload.Unsent:N0} | {calmAfter} s | {memory}, then {memoryAfter} MB |");
            rounds.Add((peak, Math.Min(even.PerSecond, evenDelivered), Math.Min(overload.PerSecond, delivered)));
        }

        var keptUp = rounds.Sum(round => round.Overload);
        Print($"Acknowledged and delivered over all rounds: {keptUp / rounds.Sum(round => round.Peak):P0} of the peak, {keptUp / rounds.Sum(round => round.Even):P0} of what as much gave.");
    }

    /// <summary>What can be kept up, in events a second: the smaller of what is acknowledged and what is delivered.</summary>
    private static async Task<double> PeakAsync(int port, int sinkPort, BenchmarkSettings settings, TimeSpan time)
    {
        var guestOf = Scenario.Spread(settings.Guests, settings.Connections);
        var load = new ClosedLoop(port, settings.Connections);
        load.Start(guestOf);
        await Task.Delay(Second, TimeProvider.System);
        var before = await Sink.CountAsync(sinkPort);
        var result = await load.MeasureAsync(guestOf, time, endsAtRefusal: false);
        var delivered = (await Sink.CountAsync(sinkPort) - before) / result.Elapsed.TotalSeconds;
        await load.StopAsync();
        return Math.Min(result.PerSecond, delivered);
    }

    private static async Task<(OpenResult Result, double Delivered)> RunAsync(
        OpenLoop crowd, int sinkPort, double perSecond, BenchmarkSettings settings)
    {
        var before = await Sink.CountAsync(sinkPort);
        var running = crowd.RunAsync(perSecond, settings.Seconds * Second);
        await Task.Delay(settings.Seconds * Second, TimeProvider.System);
        var delivered = await Sink.CountAsync(sinkPort) - before;
        return (await running, (double)delivered / settings.Seconds);
    }

    private static async Task DrainedAsync(int sinkPort)
    {
        long before, now = -1;
        do
        {
            before = now;
            await Task.Delay(Second, TimeProvider.System);
            now = await Sink.CountAsync(sinkPort);
        }
        while (now != before);
    }

    /// <summary>A second at half of the peak: refusals, or latencies well above those from before.</summary>
    private static async Task<bool> IsRestlessAsync(OpenLoop crowd, double rate, OpenResult before)
    {
        var now = await crowd.RunAsync(rate, Second);
        return now.Refused > 0 || now.AcknowledgedMs(0.99) > 2 * Math.Max(10, before.AcknowledgedMs(0.99));
    }

    private static string Megabytes(long[] bytes) => string.Join(" + ", bytes.Select(static part => part >> 20));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
