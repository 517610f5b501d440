namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>Lets the state follow a wall clock that was set. The result is the clock that counts from here on.</summary>
    /// <param name="clock">The one that counted so far.</param>
    public static Decision<StateClock> FollowClock(GuestSession session, StateClock clock, ClockReading reading)
    {
        var by = clock.SetBy(reading);
        if (by == TimeSpan.Zero)
            return Nothing(clock);
        return session.Guest is null
            ? Nothing(reading.Clock)
            : new([new ClockSet(reading.Clock, by)], reading.Clock);
    }

    /// <summary>Writes down by which clock the times of a commit are. Rides in whatever commit is due.</summary>
    public static Decision<bool> KeepClock(GuestSession session, StateClock clock) =>
        session.Guest is null || session.Clock == clock ? Nothing(false) : new([new ClockSet(clock)], true);
}
