namespace GuestSessions.Grains.Memory;

/// <summary>Full collections that are asked for, at a pace that leaves most of the time to the work.</summary>
internal sealed class CollectionPace(TimeProvider time)
{
    /// <summary>After one, so many times as long as it took passes without another.</summary>
    private const int Rest = 4;

    private int _seen;
    private long _next = long.MinValue;

    /// <summary>Collects, unless the runtime just did or one was asked for a short while ago.</summary>
    /// <param name="isUrgent">Everything stops until it is done; otherwise it runs beside the work.</param>
    public void Collect(bool isUrgent)
    {
        var count = GC.CollectionCount(GC.MaxGeneration);
        var started = time.GetTimestamp();
        if (count != _seen || (_next != long.MinValue && started < _next))
        {
            _seen = count;
            return;
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: isUrgent, compacting: false);
        _seen = GC.CollectionCount(GC.MaxGeneration);
        var ended = time.GetTimestamp();
        _next = ended + (Rest * (ended - started));
    }
}
