namespace GuestSessions.Bench.Admission;

/// <summary>Callers that each wait for an answer before they post again, as clients with one connection do.</summary>
internal sealed class ClosedCallers(SimulatedTime time, SimulatedService service, int count)
{
    /// <summary>The way over the network, and what a caller does between two posts.</summary>
    private const double PauseSeconds = 0.000_2;

    public void Start()
    {
        for (var caller = 0; caller < count; caller++)
            Post();
    }

    private void Post() => service.Post(Importances.View, _ => time.After(PauseSeconds, Post));
}

/// <summary>A crowd that posts at a rate, whatever the answers do, as long as a connection is free.</summary>
internal sealed class OpenCallers(
    SimulatedTime time, SimulatedService service, Noise noise, Tally tally, double perSecond, int connections)
{
    private int _free = connections;

    public void Start() => time.After(noise.Exponential() / perSecond, () =>
    {
        if (_free > 0)
            Post();
        else
            tally.Unsent();
        Start();
    });

    private void Post()
    {
        _free--;
        service.Post(Importances.View, _ => _free++);
    }
}

internal static class Importances
{
    /// <summary>The part of the limit that views may use, as in the service.</summary>
    public const double View = 0.8;
}
