namespace GuestSessions.Grains.Guests;

/// <summary>
/// Ends waits for the store after a time. All waits that begin within a twentieth of that time share one timer and end
/// together, because a timer for each commit costs more than it is worth.
/// </summary>
/// <param name="limit">A wait ends after this time, or up to a twentieth earlier.</param>
public sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private readonly TimeSpan _shared = limit / 20;
    private Turn _turn = new(long.MinValue, default);

    /// <summary>After this time it is unknown what the store did.</summary>
    public static readonly TimeSpan WithTheStore = TimeSpan.FromSeconds(5);

    /// <summary>A token for a wait that begins now.</summary>
    public CancellationToken Token
    {
        get
        {
            var turn = Volatile.Read(ref _turn);
            var now = time.GetTimestamp();
            if (turn.Began != long.MinValue && time.GetElapsedTime(turn.Began, now) < _shared)
                return turn.Token;

            // Of two that begin a turn at once, the later stays. Both tokens end in time.
            turn = new Turn(now, new CancellationTokenSource(limit, time).Token);
            Volatile.Write(ref _turn, turn);
            return turn.Token;
        }
    }

    private sealed record Turn(long Began, CancellationToken Token);
}
