using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>Weighs refusals against attempts over the last minute. Not thread-safe.</summary>
internal sealed class RefusalWeight(TimeProvider time)
{
    private const int FewestAttempts = 20;
    private const int MostKept = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<(long At, bool Refused)> _recent = new();
    private int _refused;

    /// <summary>More than half of enough attempts: the tenant is wrong rather than its events.</summary>
    public bool IsHeavy => _recent.Count >= FewestAttempts && _refused * 2 > _recent.Count;

    public void Add(AttemptOutcome outcome)
    {
        if (outcome == AttemptOutcome.Unsent)
            return;
        var refused = outcome == AttemptOutcome.Refused;
        _recent.Enqueue((time.GetTimestamp(), refused));
        _refused += refused ? 1 : 0;
        while (_recent.Count > MostKept || time.GetElapsedTime(_recent.Peek().At) > Window)
            _refused -= _recent.Dequeue().Refused ? 1 : 0;
    }

    public void Clear()
    {
        _recent.Clear();
        _refused = 0;
    }
}
