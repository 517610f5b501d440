using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A tenant's guests that wait for a permit, first come first served; those whose event was tried before stand in a line
/// of their own, bounded by the retry budget. Not thread-safe.
/// </summary>
internal sealed class WaitingGuests
{
    private readonly Queue<Turn> _fresh = new();
    private readonly Queue<Turn> _retries = new();
    private readonly RetryBudget _budget = new();

    public int Count => _fresh.Count + _retries.Count;

    /// <summary>The highest rank of those who still wait; a look at each.</summary>
    public ProbeRank BestRank =>
        Everybody.Select(static turn => turn.Rank).DefaultIfEmpty().Max();

    private IEnumerable<Turn> Everybody =>
        _fresh.Concat(_retries).Where(static turn => !turn.Permit.Task.IsCompleted);

    public void Enqueue(TaskCompletionSource<SendPermit> permit, bool isRetry, ProbeRank rank) =>
        (isRetry ? _retries : _fresh).Enqueue(new Turn(permit, rank));

    /// <summary>Whose turn it is, among those who still wait.</summary>
    public bool TryDequeue([NotNullWhen(true)] out TaskCompletionSource<SendPermit>? permit)
    {
        SkipGone(_fresh);
        SkipGone(_retries);
        var freshWaits = _fresh.Count > 0;
        var takesRetry = _budget.TakesRetry(freshWaits, _retries.Count > 0);
        if (takesRetry)
            _budget.SentRetry(freshWaits);
        else if (freshWaits)
            _budget.SentFresh();
        permit = (takesRetry ? _retries : _fresh).TryDequeue(out var turn) ? turn.Permit : null;
        return permit is not null;
    }

    /// <summary>
    /// Who is tried for all: the first of those whose outcome says most about the tenant, and of them one that was not tried
    /// before. It leaves its place in the line to be skipped.
    /// </summary>
    public bool TryTakeProbe([NotNullWhen(true)] out TaskCompletionSource<SendPermit>? permit)
    {
        permit = Everybody.MaxBy(static turn => turn.Rank)?.Permit;
        return permit is not null;
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

    private static void SkipGone(Queue<Turn> line)
    {
        while (line.TryPeek(out var gone) && gone.Permit.Task.IsCompleted)
            line.Dequeue();
    }

    private sealed record Turn(TaskCompletionSource<SendPermit> Permit, ProbeRank Rank);
}
