namespace GuestSessions.Simulation.Tests.Outages;

/// <summary>One thread that runs what is posted to it, in the order it came.</summary>
internal sealed class Turns : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _ready = new();

    public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs a piece of work and everything that follows from it at once.</summary>
    public void Run(Action work)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            work();
            while (_ready.TryDequeue(out var next))
                next.Work(next.State);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
