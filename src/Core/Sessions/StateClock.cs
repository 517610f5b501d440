namespace GuestSessions.Core.Sessions;

/// <summary>What the clocks of a machine show at one moment.</summary>
/// <param name="Boot">Identifies the start of the machine that <paramref name="Uptime"/> counts from.</param>
/// <param name="Uptime">Monotonic time: it cannot be set, and it continues across a restart of the process.</param>
/// <param name="Now">The wall clock, which may be set at any time.</param>
public readonly record struct ClockReading(Guid Boot, TimeSpan Uptime, DateTimeOffset Now)
{
    /// <summary>If the process stood still between the two readings, it would look as if the clock had been set.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromMilliseconds(20);

    private const int MostTries = 10;

    public StateClock Clock => new(Boot, Offset);

    /// <summary>See <see cref="StateClock.Offset"/>.</summary>
    public TimeSpan Offset => Now - DateTimeOffset.MinValue - Uptime;

    public static ClockReading Of(TimeProvider time, Guid boot)
    {
        for (var tries = 1; ; tries++)
        {
            var before = UptimeOf(time);
            var now = time.GetUtcNow();
            if (UptimeOf(time) - before <= LongestReading || tries == MostTries)
                return new ClockReading(boot, before, now);
        }
    }

    // Exact to the tick; the provider's own arithmetic is rounded.
    public static TimeSpan UptimeOf(TimeProvider time) => new(
        (long)((Int128)time.GetTimestamp() * TimeSpan.TicksPerSecond / time.TimestampFrequency));
}

/// <summary>
/// The clock that all times of a state refer to. It ticks with the uptime of a machine and shows the wall time. When the
/// wall clock is set, the state moves with it (<see cref="ClockSet"/>), so that its own clock never runs backwards
/// and every wait keeps its length.
/// </summary>
/// <param name="Boot">See <see cref="ClockReading.Boot"/>.</param>
/// <param name="Offset">The difference between time and uptime.</param>
public sealed record StateClock(Guid Boot, TimeSpan Offset)
{
    /// <summary>A clock that differs by less counts as not set: it was read late, or another machine keeps it.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    public DateTimeOffset At(TimeSpan uptime) => DateTimeOffset.MinValue + (Offset + uptime);

    /// <summary>
    /// The clock with which a stored state continues. On the same machine it continues to tick, whatever happened to
    /// the wall clock. On another machine only one thing is certain: time did not run backwards.
    /// </summary>
    /// <param name="kept">The state's clock; null before it has one.</param>
    /// <param name="last">The time of its last commit, by that clock.</param>
    public static StateClock GoOn(StateClock? kept, DateTimeOffset last, ClockReading reading)
    {
        if (kept is not null && kept.Boot == reading.Boot && kept.At(reading.Uptime) >= last)
            return kept;
        var behind = last - reading.Now;
        return behind <= TimeSpan.Zero
            ? reading.Clock
            : reading.Clock with { Offset = reading.Clock.Offset + behind };
    }

    /// <summary>By how much the wall clock was set and differs from this clock; 0 if it was not set.</summary>
    public TimeSpan SetBy(ClockReading reading)
    {
        var by = reading.Offset - Offset;
        return by.Duration() < Tolerance ? TimeSpan.Zero : by;
    }
}
