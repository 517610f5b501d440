using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>The load of one measurement of <c>scaling.sh</c>, which starts and holds down everything else.</summary>
internal static class Scaling
{
    private const int Guests = 5_000;
    private const int ConnectionsEach = 64;

    /// <summary>Posts to an API host for a while, and prints how much was acknowledged and delivered a second.</summary>
    /// <param name="silos">Each gets the same concurrency, or two would fill their commits half as well as one.</param>
    public static async Task RunAsync(int apiPort, int sinkPort, int silos, int warmUp, int seconds)
    {
        var load = new ClosedLoop(apiPort, silos * ConnectionsEach);
        load.Start(GuestOf);
        await Task.Delay(TimeSpan.FromSeconds(warmUp), TimeProvider.System);
        var before = await Sink.CountAsync(sinkPort);
        var result = await load.MeasureAsync(GuestOf, TimeSpan.FromSeconds(seconds), endsAtRefusal: false);
        var delivered = await Sink.CountAsync(sinkPort) - before;
        await load.StopAsync();
        Console.WriteLine(FormattableString.Invariant(
            $"{result.PerSecond:0} {delivered / result.Elapsed.TotalSeconds:0} {result.P99Ms:0} {result.Refused}"));
    }

    private static string GuestOf(int number) => FormattableString.Invariant($"guest-{number % Guests}");
}
