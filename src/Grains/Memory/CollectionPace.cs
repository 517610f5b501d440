namespace GuestSessions.Grains.Memory;

/// <summary>Requests full garbage collections, at a pace that leaves most of the time to the work.</summary>
internal sealed class CollectionPace(TimeProvider time)
{
    /// <summary>The pause after a collection, as a multiple of its duration.</summary>
    private const int Rest = 4;

    private int _seen;
    private long _next = long.MinValue;

    /// <summary>Collects, unless the runtime has just collected or a collection was requested recently.</summary>
    /// <param name="isUrgent">Whether all work stops until it is done; otherwise it runs in the background.</param>
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
