using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A tenant's guests that wait for a permit, first come first served; those whose event was tried before stand in a line
/// of their own, bounded by the retry budget. Not thread-safe.
/// </summary>
internal sealed class WaitingGuests
{
    private readonly Queue<TaskCompletionSource<SendPermit>> _fresh = new();
    private readonly Queue<TaskCompletionSource<SendPermit>> _retries = new();
    private readonly RetryBudget _budget = new();

    public int Count => _fresh.Count + _retries.Count;

    public void Enqueue(TaskCompletionSource<SendPermit> turn, bool isRetry) =>
        (isRetry ? _retries : _fresh).Enqueue(turn);

    /// <summary>Whose turn it is, among those who still wait.</summary>
    public bool TryDequeue([NotNullWhen(true)] out TaskCompletionSource<SendPermit>? turn)
    {
        SkipGone(_fresh);
        SkipGone(_retries);
        var freshWaits = _fresh.Count > 0;
        if (!_budget.TakesRetry(freshWaits, _retries.Count > 0))
        {
            if (freshWaits)
                _budget.SentFresh();
            return _fresh.TryDequeue(out turn);
        }

        _budget.SentRetry(freshWaits);
        return _retries.TryDequeue(out turn);
    }

    /// <summary>Whether anybody still waits.</summary>
    public bool Any()
    {
        SkipGone(_fresh);
        SkipGone(_retries);
        return Count > 0;
    }

    /// <summary>Notes a send that nobody had to wait for.</summary>
    public void SentAtOnce(bool isRetry)
    {
        if (!isRetry)
            _budget.SentFresh();
    }

    private static void SkipGone(Queue<TaskCompletionSource<SendPermit>> line)
    {
        while (line.TryPeek(out var gone) && gone.Task.IsCompleted)
            line.Dequeue();
    }
}
