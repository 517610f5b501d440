namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>Moves the state with a wall clock that was set. The result is the clock that applies from then on.</summary>
    /// <param name="clock">The clock that applied so far.</param>
    public static Decision<StateClock> FollowClock(GuestSession session, StateClock clock, ClockReading reading)
    {
        var by = clock.SetBy(reading);
        if (by == TimeSpan.Zero)
            return Nothing(clock);
        return session.Guest is null
            ? Nothing(reading.Clock)
            : new([new ClockSet(reading.Clock, by)], reading.Clock);
    }

    /// <summary>Records the clock that the times of a commit refer to. Joins the next commit.</summary>
    public static Decision<bool> KeepClock(GuestSession session, StateClock clock) =>
        session.Guest is null || session.Clock == clock ? Nothing(false) : new([new ClockSet(clock)], true);
}
