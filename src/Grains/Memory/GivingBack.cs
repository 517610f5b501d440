namespace GuestSessions.Grains.Memory;

/// <summary>
/// Decides when memory goes back to the system. All work stops for it, so it happens rarely, and only when at least half of
/// the runtime's memory is empty.
/// </summary>
internal sealed class GivingBack(TimeProvider time)
{
    /// <summary>Number of guests that must leave before a look is worthwhile.</summary>
    private const int ManyLeft = 5_000;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    /// <summary>Maximum duration of a look: a background collection ends some time later.</summary>
    private static readonly TimeSpan LookFor = TimeSpan.FromMinutes(1);

    private long _leftBefore;
    private long _leftAtLook;
    private long _lastLeaving;
    private long? _lookedAt;
    private long? _gaveAt;

    /// <summary>Returns what to do now.</summary>
    /// <param name="left">Guests that have left so far.</param>
    /// <param name="used">Bytes in use, garbage included.</param>
    /// <param name="committed">Bytes that the runtime has reserved from the system.</param>
    public GivingBackStep Next(long left, long used, long committed)
    {
        var now = time.GetTimestamp();
        if (left != _leftBefore)
            (_leftBefore, _lastLeaving) = (left, now);
        if (time.GetElapsedTime(_lastLeaving, now) < Calm || IsWithin(Rest, _gaveAt, now))
            return GivingBackStep.None;
        if (left - _leftAtLook >= ManyLeft)
        {
            (_leftAtLook, _lookedAt) = (left, now);
            return GivingBackStep.Look;
        }

        if (!IsWithin(LookFor, _lookedAt, now) || committed < 2 * used)
            return GivingBackStep.None;
        (_lookedAt, _gaveAt) = (null, now);
        return GivingBackStep.Give;
    }

    private bool IsWithin(TimeSpan span, long? since, long now) =>
        since is { } then && time.GetElapsedTime(then, now) < span;
}

internal enum GivingBackStep
{
    None,

    /// <summary>Run a background collection, which shows how much is garbage.</summary>
    Look,

    /// <summary>Compact, and return empty memory to the system.</summary>
    Give,
}
