using GuestSessions.Core.Options;

namespace GuestSessions.Core.Memory;

/// <summary>Measures memory use at most ten times a second, because the level is read for every event.</summary>
public sealed class MemoryGauge(MemoryOptions options, TimeProvider time, Func<MemoryReading> read) : IMemoryLevel
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _readAt = long.MinValue;
    private volatile MemoryLevel _level;

    public MemoryLevel Level
    {
        get
        {
            var last = Interlocked.Read(ref _readAt);
            var now = time.GetTimestamp();
            if ((last == long.MinValue || time.GetElapsedTime(last, now) >= Interval)
                && Interlocked.CompareExchange(ref _readAt, now, last) == last)
                _level = LevelAt(read());
            return _level;
        }
    }

    /// <summary>
    /// The fraction of all guests in memory that must leave so that memory is free again, with some reserve.
    /// </summary>
    public double Surplus
    {
        get
        {
            var reading = read();
            var target = reading.Limit * (double)(options.LeavePercent - options.SparePercent) / 100;
            return reading.Used <= target ? 0 : 1 - (target / reading.Used);
        }
    }

    private MemoryLevel LevelAt(MemoryReading reading)
    {
        var percent = 100.0 * reading.Used / reading.Limit;
        return percent >= options.RejectAllPercent ? MemoryLevel.Full
            : percent >= options.RejectPercent ? MemoryLevel.Scarce
            : percent >= options.LeavePercent ? MemoryLevel.Tight
            : MemoryLevel.Free;
    }
}
