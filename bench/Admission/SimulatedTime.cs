namespace GuestSessions.Bench.Admission;

/// <summary>A clock that only the simulation moves, with the work that is due on it.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private const double TicksPerSecond = 10_000_000;

    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private long _now;
    private long _order;

    public override long TimestampFrequency => (long)TicksPerSecond;

    /// <summary>Seconds since the start.</summary>
    public double Now => _now / TicksPerSecond;

    public override long GetTimestamp() => _now;

    /// <summary>Calls back in so many seconds; of equal times in the order of the calls.</summary>
    public void After(double seconds, Action act) =>
        _due.Enqueue(act, (_now + (long)(seconds * TicksPerSecond), _order++));

    public void RunUntil(double seconds)
    {
        var end = (long)(seconds * TicksPerSecond);
        while (_due.TryPeek(out _, out var next) && next.At <= end)
        {
            var act = _due.Dequeue();
            _now = next.At;
            act();
        }

        _now = end;
    }
}
