using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// The clock of one session's state (<see cref="StateClock"/>), as its activation reads it. Everything that is stamped,
/// due or aged in the state goes by it and by nothing else. It only changes in the commit in which the state moves with it.
/// </summary>
/// <param name="boot">See <see cref="ClockReading.Boot"/>.</param>
internal sealed class SessionClock(GuestSession state, TimeProvider time, Guid boot) : TimeProvider
{
    private StateClock _clock = StateClock.GoOn(state.Clock, state.CommittedAt, ClockReading.Of(time, boot));

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _clock.At(ClockReading.UptimeOf(time));

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);

    /// <summary>Before anything is decided: was the wall clock set?</summary>
    public void Follow(SessionWork work) =>
        _clock = work.Do(Decider.FollowClock(work.State, _clock, ClockReading.Of(time, boot)));

    /// <summary>Into a commit that is due: by which clock it was made.</summary>
    public void Keep(SessionWork work) => work.Do(Decider.KeepClock(work.State, _clock));
}
