namespace GuestSessions.Core.Delivery;

/// <summary>
/// A clock that nobody sets: it starts with the system's time and from there on only ticks. Delivery waits by it, so that
/// a jump of the system's clock releases nothing early, holds nothing back and starts no storm.
/// </summary>
public sealed class MonotonicTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _start = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _startedAt + time.GetElapsedTime(_start);

    /// <summary>What is surely past: a clock that is set forward makes nothing old that has to be kept.</summary>
    public DateTimeOffset Earlier() => time.GetUtcNow() is var now && now < GetUtcNow() ? now : GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
