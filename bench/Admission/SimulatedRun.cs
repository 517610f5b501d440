namespace GuestSessions.Bench.Admission;

/// <summary>One law in one scenario.</summary>
internal static class SimulatedRun
{
    private const ulong Seed = 4711;

    /// <param name="peak">The rate that an open loop is a multiple of.</param>
    public static Tally Of(
        ArrivalScenario scenario, Func<TimeProvider, ILaw> law, Recording recording, double peak, bool hasApiHost)
    {
        var time = new SimulatedTime();
        var tally = new Tally(time, scenario.Seconds);
        var service = new SimulatedService(time, recording, new Noise(Seed), law(time), tally, hasApiHost);
        service.Start();
        if (scenario.Callers > 0)
            new ClosedCallers(time, service, scenario.Callers).Start();
        if (scenario.TimesPeak > 0)
            new OpenCallers(time, service, new Noise(Seed + 1), tally, scenario.TimesPeak * peak, scenario.Connections).Start();
        if (scenario.Fault is { } fault)
        {
            time.After(ArrivalScenario.FaultAt, () => fault.Begin(service));
            time.After(fault.Ends, () => fault.End?.Invoke(service));
        }

        time.RunUntil(scenario.Seconds);
        return tally;
    }
}

/// <summary>Who posts, and what happens to the service meanwhile.</summary>
/// <param name="Callers">In closed loop.</param>
/// <param name="TimesPeak">In open loop, by the highest rate that the service keeps up.</param>
/// <param name="Connections">Connections of the open loop.</param>
internal sealed record ArrivalScenario(
    string Name, int Callers = 0, double TimesPeak = 0, Fault? Fault = null, int Connections = 1_000, double Seconds = 12)
{
    public const double FaultAt = 6;

    public static readonly ArrivalScenario[] All =
    [
        new("16 callers", 16),
        new("64 callers", 64),
        new("128 callers", 128),
        new("512 callers", 512),
        new("1,000 callers", 1_000),
        new("half of the peak", TimesPeak: 0.5),
        new("the peak", TimesPeak: 1),
        new("3 times the peak", TimesPeak: 3),
        new("3 times the peak, 5,000 connections", TimesPeak: 3, Connections: 5_000),
        new("512 callers, the store stalls for 2 s", 512, Fault: Fault.Stall, Seconds: 18),
        new("half of the peak, the store stalls for 2 s", TimesPeak: 0.5, Fault: Fault.Stall, Seconds: 18),
        new("0.9 of the peak, a third as fast for 4 s", TimesPeak: 0.9, Fault: Fault.Slow, Seconds: 18),
        new("512 callers, a pause of 200 ms", 512, Fault: Fault.Pause),
    ];
}

/// <summary>Something that happens to the service for a time.</summary>
/// <param name="Ends">Seconds from the start of the run.</param>
internal sealed record Fault(double Ends, Action<SimulatedService> Begin, Action<SimulatedService>? End = null)
{
    public static readonly Fault Stall = new(ArrivalScenario.FaultAt + 2, static service => service.StallStore(2));

    public static readonly Fault Pause = new(ArrivalScenario.FaultAt + 0.2, static service => service.Pause(0.2));

    public static readonly Fault Slow = new(
        ArrivalScenario.FaultAt + 4, static service => service.SlowDown(3), static service => service.SlowDown(1));
}
