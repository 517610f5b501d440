using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// The clock of one session's state (<see cref="StateClock"/>), as its activation reads it. It is the only clock for all
/// timestamps, due times and ages in the state. It changes only in a commit, together with the state.
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

    /// <summary>Follows a change of the wall clock. Call it before anything is decided.</summary>
    public void Follow(SessionWork work) =>
        _clock = work.Do(Decider.FollowClock(work.State, _clock, ClockReading.Of(time, boot)));

    /// <summary>Adds the clock to a commit that is due.</summary>
    public void Keep(SessionWork work) => work.Do(Decider.KeepClock(work.State, _clock));
}
