using Microsoft.Extensions.Logging;

namespace GuestSessions.Client;

/// <summary>
/// Counts events that were given up, and calls the callback: one call at a time, on a thread that nothing waits for, so that
/// a callback may call the client in any way.
/// </summary>
internal sealed partial class DropReporter(GuestSessionsOptions options, ClientInstruments instruments, ILogger logger)
{
    private static readonly DropReason[] Reasons = Enum.GetValues<DropReason>();

    private readonly Lock _turn = new();
    private readonly long[] _totals = new long[Reasons.Length];
    private readonly long[] _reported = new long[Reasons.Length];
    private bool _isReporting;

    public void Add(DropReason reason)
    {
        instruments.Dropped(reason);
        lock (_turn)
        {
            _totals[(int)reason]++;
            if (_isReporting)
                return;
            _isReporting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static reporter => reporter.Report(), this, preferLocal: false);
    }

    private void Report()
    {
        while (Next() is { } dropped)
        {
            LogDropped(logger, dropped.Count, dropped.Reason);
            try
            {
                options.OnDropped?.Invoke(dropped);
            }
            catch (Exception fault)
            {
                // The callback is its program's own and may throw anything. The drops after this one are reported all the same.
                LogCallbackFailed(logger, fault);
            }
        }
    }

    private DroppedEvents? Next()
    {
        lock (_turn)
        {
            foreach (var reason in Reasons)
            {
                var count = _totals[(int)reason] - _reported[(int)reason];
                if (count == 0)
                    continue;
                _reported[(int)reason] += count;
                return new DroppedEvents(reason, count, _reported[(int)reason]);
            }

            _isReporting = false;
            return null;
        }
    }

    [LoggerMessage(2, LogLevel.Error, "{Count} buffered events were given up: {Reason}")]
    private static partial void LogDropped(ILogger logger, long count, DropReason reason);

    [LoggerMessage(3, LogLevel.Error, "The callback for dropped events failed")]
    private static partial void LogCallbackFailed(ILogger logger, Exception fault);
}
