using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A tenant's guests that wait for a permit, first come first served; those whose event was tried before stand in a line
/// of their own, bounded by the retry budget. Not thread-safe.
/// </summary>
internal sealed class WaitingGuests
{
    private readonly LinkedList<WaitingGuest> _fresh = [];
    private readonly LinkedList<WaitingGuest> _retries = [];
    private readonly RetryBudget _budget = new();

    public int Count => _fresh.Count + _retries.Count;

    /// <summary>The highest rank of those who wait; a look at each.</summary>
    public ProbeRank BestRank => Everybody.Select(static guest => guest.Rank).DefaultIfEmpty().Max();

    private IEnumerable<WaitingGuest> Everybody => _fresh.Concat(_retries);

    public WaitingGuest Enqueue(bool isRetry, ProbeRank rank)
    {
        var guest = new WaitingGuest(rank);
        (isRetry ? _retries : _fresh).AddLast(guest.Place);
        return guest;
    }

    /// <summary>
    /// A guest waits no longer. It leaves nothing behind: while a tenant is paused, guests come and leave memory without end.
    /// </summary>
    /// <returns>False when it waited no longer, as it was given its permit.</returns>
    public static bool Leave(WaitingGuest guest)
    {
        if (guest.Place.List is not { } line)
            return false;
        line.Remove(guest.Place);
        return true;
    }

    /// <summary>Whose turn it is; it waits no longer.</summary>
    public bool TryDequeue([NotNullWhen(true)] out WaitingGuest? guest)
    {
        var freshWaits = _fresh.Count > 0;
        var takesRetry = _budget.TakesRetry(freshWaits, _retries.Count > 0);
        if (takesRetry)
            _budget.SentRetry(freshWaits);
        else if (freshWaits)
            _budget.SentFresh();
        guest = (takesRetry ? _retries : _fresh).First?.Value;
        return guest is not null && Leave(guest);
    }

    /// <summary>
    /// Who is tried for all: the first of those whose outcome says most about the tenant, and of them one that was not tried
    /// before. It waits no longer.
    /// </summary>
    public bool TryTakeProbe([NotNullWhen(true)] out WaitingGuest? guest)
    {
        guest = Everybody.MaxBy(static waiting => waiting.Rank);
        return guest is not null && Leave(guest);
    }

    /// <summary>Notes a send that nobody had to wait for.</summary>
    public void SentAtOnce(bool isRetry)
    {
        if (!isRetry)
            _budget.SentFresh();
    }
}

/// <summary>A guest's place among those who wait, and the permit it waits for.</summary>
internal sealed class WaitingGuest
{
    public WaitingGuest(ProbeRank rank)
    {
        Rank = rank;
        Place = new LinkedListNode<WaitingGuest>(this);
    }

    /// <summary>How much the outcome of its event would say while the tenant is in trouble.</summary>
    public ProbeRank Rank { get; }

    public LinkedListNode<WaitingGuest> Place { get; }

    public TaskCompletionSource<SendPermit> Permit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
