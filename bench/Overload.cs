using System.Diagnostics;
using System.Globalization;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>
/// Three times as much as can be stored, in open loop: what is acknowledged meanwhile, how fast the rest is refused, how long
/// until all is as before, and whether memory grows. The peak is found anew before each round: machines are not as fast now
/// as they were a minute ago.
/// </summary>
internal static class Overload
{
    private const int Connections = 1_000;
    private const double Times = 3;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("guest-sessions-bench-").FullName;
        try
        {
            using var sink = await Sink.StartAsync(isPaused: false, folder);

            // The load runs on the others: three times as much of it is not to take the processor from what it overloads.
            using var service = await Contender.Service(settings.Silo).StartAsync(new ContenderStart(
                folder, sink.Port, InFlight: 512, Core: Environment.ProcessorCount < Machine.Cores ? 0 : null));
            await MeasureAsync(service.Port, () => service.ResidentBytes, settings);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The same of a service that runs already.</summary>
    /// <param name="processes">Its ids; resident memory is told of all together.</param>
    public static async Task<int> RunAtAsync(int port, int[] processes, BenchmarkSettings settings)
    {
        await MeasureAsync(port, () => processes.Sum(ResidentBytesOf), settings);
        return 0;
    }

    private static long ResidentBytesOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }

    private static async Task MeasureAsync(int port, Func<long> residentBytes, BenchmarkSettings settings)
    {
        await PeakAsync(port, settings, settings.WarmUp * Second);
        using var crowd = new OpenLoop(port, Connections, Scenario.Spread(settings.Guests));
        await crowd.ConnectAsync();

        Print($"{Machine.Describe()}, load average {Machine.LoadAverage():N1}");
        Print($"""
            | peak | half of it | {Times} times, {settings.Seconds} s | of the peak | refused, s | p50 | p90 | p99 | unsent | as before | resident |
            |---|---|---|---|---|---|---|---|---|---|---|
            """);
        List<(double Peak, OpenResult Result)> rounds = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            var peak = await PeakAsync(port, settings, Calm);
            var before = await crowd.RunAsync(peak / 2, Calm);
            var memory = residentBytes();
            var overload = await crowd.RunAsync(peak * Times, settings.Seconds * Second);
            var calmAfter = 0;
            while (calmAfter < 30 && await IsRestlessAsync(crowd, peak / 2, before))
                calmAfter++;
            Print($"| {peak:N0}/s | p99 {before.AcknowledgedMs(0.99):N0} ms, refused {before.Refused} | {overload.PerSecond:N0}/s, p99 {overload.AcknowledgedMs(0.99):N0} ms | {overload.PerSecond / peak:P0} | {overload.Refused / settings.Seconds:N0} | {overload.RefusedMs(0.5):N1} ms | {overload.RefusedMs(0.9):N1} ms | {overload.RefusedMs(0.99):N1} ms | {overload.Unsent:N0} | {calmAfter} s | {memory >> 20}, then {residentBytes() >> 20} MB |");
            rounds.Add((peak, overload));
        }

        Print($"Over all rounds {rounds.Sum(round => round.Result.PerSecond) / rounds.Sum(round => round.Peak):P0} of the peak.");
    }

    private static async Task<double> PeakAsync(int port, BenchmarkSettings settings, TimeSpan time)
    {
        var guestOf = Scenario.Spread(settings.Guests);
        var load = new ClosedLoop(port, settings.Connections);
        load.Start(guestOf);
        await Task.Delay(Second, TimeProvider.System);
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

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
