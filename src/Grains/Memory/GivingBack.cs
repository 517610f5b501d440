namespace GuestSessions.Grains.Memory;

/// <summary>
/// When memory goes back to the system. Everything stops for it, so it happens rarely, and only when at least half of what
/// the runtime has is empty.
/// </summary>
internal sealed class GivingBack(TimeProvider time)
{
    /// <summary>Guests that have to have left before it is worth a look.</summary>
    private const int ManyLeft = 5_000;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    /// <summary>How long a look takes at most: a collection that runs beside the work ends some time later.</summary>
    private static readonly TimeSpan LookFor = TimeSpan.FromMinutes(1);

    private long _leftBefore;
    private long _leftAtLook;
    private long _lastLeaving;
    private long? _lookedAt;
    private long? _gaveAt;

    /// <summary>What to do now.</summary>
    /// <param name="left">Guests that have left so far.</param>
    /// <param name="used">Bytes in use, garbage included.</param>
    /// <param name="committed">Bytes that the runtime took from the system for them.</param>
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

    /// <summary>A collection beside the work shows how much is garbage.</summary>
    Look,

    /// <summary>Compact, and give up what is empty.</summary>
    Give,
}
