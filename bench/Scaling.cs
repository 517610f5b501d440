using System.Diagnostics;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>The load of one measurement of <c>scaling.sh</c>, which starts and holds down everything else.</summary>
internal static class Scaling
{
    private const int Guests = 5_000;

    /// <summary>Enough to keep a silo busy that runs a fifth of the time only; those of two stay below the bound of an API host.</summary>
    private const int ConnectionsEach = 110;

    /// <summary>
    /// Posts to an API host for a while, and prints how much was acknowledged and delivered a second, and how much of a core
    /// each silo took.
    /// </summary>
    /// <param name="silos">
    /// Their process ids. Each gets the same concurrency: two with half of it each would fill commits half as well.
    /// </param>
    public static async Task RunAsync(int apiPort, int sinkPort, int[] silos, int warmUp, int seconds)
    {
        var load = new ClosedLoop(apiPort, silos.Length * ConnectionsEach);
        load.Start(GuestOf);
        await Task.Delay(TimeSpan.FromSeconds(warmUp), TimeProvider.System);
        var before = (Delivered: await Sink.CountAsync(sinkPort), Processor: silos.Select(ProcessorOf).ToList());
        var result = await load.MeasureAsync(GuestOf, TimeSpan.FromSeconds(seconds), endsAtRefusal: false);
        var shares = silos.Select((silo, at) => 100 * (ProcessorOf(silo) - before.Processor[at]) / result.Elapsed).ToList();
        var delivered = await Sink.CountAsync(sinkPort) - before.Delivered;
        await load.StopAsync();
        Console.WriteLine(FormattableString.Invariant(
            $"{result.PerSecond:0} {delivered / result.Elapsed.TotalSeconds:0} {result.P99Ms:0} {result.Refused} {string.Join('+', shares.Select(static share => $"{share:0}"))}"));
    }

    private static TimeSpan ProcessorOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static string GuestOf(int number) => FormattableString.Invariant($"guest-{number % Guests}");
}
