namespace GuestSessions.Grains.Memory;

/// <summary>What the runtime has and what became of it.</summary>
/// <param name="Left">Guests that have left so far.</param>
/// <param name="Allocated">Bytes allocated so far.</param>
/// <param name="Used">Bytes in use, garbage included.</param>
/// <param name="Committed">Bytes that the runtime has reserved from the system.</param>
internal readonly record struct MemoryUse(long Left, long Allocated, long Used, long Committed);

/// <summary>
/// Decides when memory goes back to the system: after many guests have left, and after much work, when it is quiet again. All
/// work stops for it, so it happens rarely, and only when at least half of the runtime's memory is empty, or a fifth while
/// there is no work to stop.
/// </summary>
internal sealed class GivingBack(TimeProvider time)
{
    /// <summary>Number of guests that must leave before a look is worthwhile.</summary>
    private const int ManyLeft = 5_000;

    /// <summary>Bytes that must be allocated before a look is worthwhile when it is quiet.</summary>
    private const long MuchAllocated = 512 * 1024 * 1024;

    /// <summary>Bytes a second; a service that allocates less is quiet.</summary>
    private const double QuietRate = 8 * 1024 * 1024;

    /// <summary>Bytes a second; a service that allocates less has no work but its own.</summary>
    private const double IdleRate = 1024 * 1024;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    /// <summary>Maximum duration of a look: a background collection ends some time later.</summary>
    private static readonly TimeSpan LookFor = TimeSpan.FromMinutes(1);

    private MemoryUse _before;
    private MemoryUse _atLook;
    private long _seenAt = time.GetTimestamp();
    private long _lastLeaving;
    private long _lastWork;
    private long _lastUse;
    private long? _lookedAt;
    private long? _gaveAt;

    /// <summary>Returns what to do now.</summary>
    public GivingBackStep Next(MemoryUse use)
    {
        var now = time.GetTimestamp();
        Note(use, now);
        if (time.GetElapsedTime(_lastLeaving, now) < Calm || IsWithin(Rest, _gaveAt, now))
            return GivingBackStep.None;
        if (use.Left - _atLook.Left >= ManyLeft
            || (use.Allocated - _atLook.Allocated >= MuchAllocated && time.GetElapsedTime(_lastWork, now) >= Calm))
        {
            (_atLook, _lookedAt) = (use, now);
            return GivingBackStep.Look;
        }

        var mostUsed = (time.GetElapsedTime(_lastUse, now) >= Calm ? 0.8 : 0.5) * use.Committed;
        if (!IsWithin(LookFor, _lookedAt, now) || use.Used > mostUsed)
            return GivingBackStep.None;
        (_lookedAt, _gaveAt) = (null, now);
        return GivingBackStep.Give;
    }

    private void Note(MemoryUse use, long now)
    {
        if (use.Left != _before.Left)
            _lastLeaving = now;
        var (allocated, seconds) = (use.Allocated - _before.Allocated, time.GetElapsedTime(_seenAt, now).TotalSeconds);
        if (allocated > QuietRate * seconds)
            _lastWork = now;
        if (allocated > IdleRate * seconds)
            _lastUse = now;
        (_before, _seenAt) = (use, now);
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
