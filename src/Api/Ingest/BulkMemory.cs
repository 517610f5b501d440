using GuestSessions.Core.Options;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// The memory budget of all bulk requests of this host together. Bulk requests are refused, and can be retried,
/// once the budget is exhausted.
/// </summary>
internal sealed class BulkMemory(IngestOptions limits)
{
    private long _left = limits.BulkBytes;

    /// <summary>Opens an empty share, which grows with the request.</summary>
    public Share Open() => new(this);

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) >= 0)
            return true;
        Interlocked.Add(ref _left, bytes);
        return false;
    }

    /// <summary>The memory of one request, held until disposal.</summary>
    public sealed class Share(BulkMemory memory) : IDisposable
    {
        private long _taken;

        /// <summary>False, without taking anything, when the budget has too little left.</summary>
        public bool TryGrowTo(long bytes)
        {
            if (bytes > _taken && !memory.TryTake(bytes - _taken))
                return false;
            _taken = Math.Max(_taken, bytes);
            return true;
        }

        public void Dispose()
        {
            Interlocked.Add(ref memory._left, _taken);
            _taken = 0;
        }
    }
}
