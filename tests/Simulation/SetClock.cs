using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.TestDoubles;

/// <summary>A machine whose wall clock somebody sets, while its uptime only ticks; shared by test projects as source.</summary>
internal sealed class SetClock(FakeTimeProvider ticks) : TimeProvider
{
    /// <summary>Which start of the machine its uptime counts from.</summary>
    public Guid Boot { get; init; } = Guid.NewGuid();

    /// <summary>What only ticks.</summary>
    public FakeTimeProvider Ticks => ticks;

    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Off, whatever waits for a time waits for ever.</summary>
    public bool TimersFire { get; init; } = true;

    public override long TimestampFrequency => ticks.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => ticks.GetUtcNow() + Offset;

    public override long GetTimestamp() => ticks.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        ticks.CreateTimer(
            callback, state, TimersFire ? dueTime : Timeout.InfiniteTimeSpan, TimersFire ? period : Timeout.InfiniteTimeSpan);
}
