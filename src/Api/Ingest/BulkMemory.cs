using GuestSessions.Core.Options;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// The memory that the bulk requests of this host may hold at once, however many come. Whoever comes when it
/// is spent is asked to come again.
/// </summary>
internal sealed class BulkMemory(IngestOptions limits)
{
    private long _left = limits.BulkBytes;

    /// <summary>Nothing yet; it grows as the request does.</summary>
    public Share Open() => new(this);

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) >= 0)
            return true;
        Interlocked.Add(ref _left, bytes);
        return false;
    }

    /// <summary>What one request holds, until it is disposed.</summary>
    public sealed class Share(BulkMemory memory) : IDisposable
    {
        private long _taken;

        /// <summary>False, and nothing is taken, when there is not so much.</summary>
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
