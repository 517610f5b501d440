namespace GuestSessions.Core.Delivery;

/// <summary>
/// A clock that cannot be set: it starts at the system time and then only ticks. Delivery waits by it, so that a jump
/// of the system clock sends nothing early, delays nothing and causes no burst.
/// </summary>
public sealed class MonotonicTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _start = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _startedAt + time.GetElapsedTime(_start);

    /// <summary>
    /// The earlier of this clock and the system clock: a system clock that is set forward expires nothing early.
    /// </summary>
    public DateTimeOffset Earlier() => time.GetUtcNow() is var now && now < GetUtcNow() ? now : GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
