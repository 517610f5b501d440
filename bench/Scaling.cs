using GuestSessions.Bench.Load;

namespace GuestSessions.Bench;

/// <summary>The load of one measurement of <c>scaling.sh</c>, which starts and holds down everything else.</summary>
internal static class Scaling
{
    private const int Guests = 5_000;
    private const int Connections = 64;

    /// <summary>Posts to an API host for a while, and prints how much was acknowledged and delivered a second.</summary>
    public static async Task RunAsync(int apiPort, int sinkPort, int warmUp, int seconds)
    {
        var load = new ClosedLoop(apiPort, Connections);
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
