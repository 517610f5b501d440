using GuestSessions.Core.Options;

namespace GuestSessions.Core.Memory;

/// <summary>Reads how much memory is used, at most ten times a second: it is asked with every event.</summary>
public sealed class MemoryGauge(MemoryOptions options, TimeProvider time, Func<MemoryReading> read) : IMemoryRoom
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _readAt = long.MinValue;
    private volatile MemoryRoom _room;

    public MemoryRoom Room
    {
        get
        {
            var last = Interlocked.Read(ref _readAt);
            var now = time.GetTimestamp();
            if ((last == long.MinValue || time.GetElapsedTime(last, now) >= Interval)
                && Interlocked.CompareExchange(ref _readAt, now, last) == last)
                _room = RoomAt(read());
            return _room;
        }
    }

    /// <summary>The part of all guests in memory that has to leave so that memory is free again, with some to spare.</summary>
    public double Surplus
    {
        get
        {
            var reading = read();
            var target = reading.Limit * (double)(options.LeavePercent - options.SparePercent) / 100;
            return reading.Used <= target ? 0 : 1 - (target / reading.Used);
        }
    }

    private MemoryRoom RoomAt(MemoryReading reading)
    {
        var percent = 100.0 * reading.Used / reading.Limit;
        return percent >= options.RejectAllPercent ? MemoryRoom.Full
            : percent >= options.RejectPercent ? MemoryRoom.Scarce
            : percent >= options.LeavePercent ? MemoryRoom.Tight
            : MemoryRoom.Free;
    }
}
