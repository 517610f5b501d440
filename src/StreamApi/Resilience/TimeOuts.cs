using Microsoft.Extensions.ObjectPool;

namespace GuestSessions.StreamApi.Resilience;

/// <summary>
/// Cancels attempts that take too long. Polly keeps twice as many timers as there are processors, and makes new ones for all other
/// attempts under way; here as many are kept as there are attempts at the same time.
/// </summary>
internal sealed class TimeOuts(TimeSpan timeOut, TimeProvider time)
{
    /// <summary>More can be in use at the same time. What a burst returns beyond this is not kept.</summary>
    private const int MostKept = 1_024;

    private readonly DefaultObjectPool<CancellationTokenSource> _pool = new(new Policy(timeOut, time), MostKept);

    /// <summary>Starts the time of an attempt. Return it when the attempt has ended.</summary>
    public CancellationTokenSource Start()
    {
        var source = _pool.Get();
        source.CancelAfter(timeOut);
        return source;
    }

    /// <summary>Takes it back. Nobody may use it, or its token, after that.</summary>
    public void Return(CancellationTokenSource source) => _pool.Return(source);

    private sealed class Policy(TimeSpan timeOut, TimeProvider time) : PooledObjectPolicy<CancellationTokenSource>
    {
        public override CancellationTokenSource Create() =>
            time == TimeProvider.System ? new CancellationTokenSource() : new CancellationTokenSource(timeOut, time);

        /// <remarks>Only with the system's own clock can a source be told to start again.</remarks>
        public override bool Return(CancellationTokenSource source)
        {
            if (time == TimeProvider.System && source.TryReset())
                return true;
            source.Dispose();
            return false;
        }
    }
}
