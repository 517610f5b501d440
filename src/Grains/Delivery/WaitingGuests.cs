using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A tenant's guests that wait for a permit. Those whose next event came with a public key stand in a line of their own:
/// while events of backends wait, they take at most a quarter of the permits. Not thread-safe.
/// </summary>
internal sealed class WaitingGuests
{
    /// <summary>Permits for events of backends, for each permit for a public event while both wait.</summary>
    private const int BackendsPerPublic = 3;

    private readonly WaitingLine _backends = new();
    private readonly WaitingLine _public = new();
    private int _backendsInARow;

    public int Count => _backends.Count + _public.Count;

    /// <summary>Those whose next event a backend sent.</summary>
    public int Backends => _backends.Count;

    /// <summary>The highest rank of those who wait; a look at each.</summary>
    public ProbeRank BestRank => Everybody.Select(static guest => guest.Rank).DefaultIfEmpty().Max();

    private IEnumerable<WaitingGuest> Everybody => _backends.Guests.Concat(_public.Guests);

    public WaitingGuest Enqueue(bool isRetry, ProbeRank rank)
    {
        var guest = new WaitingGuest(rank);
        LineOf(guest.IsPublic).Add(guest, isRetry);
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

    /// <summary>The guest whose turn it is; it waits no longer.</summary>
    /// <param name="publicMayGo">Public events have not used up their share.</param>
    public bool TryDequeue(bool publicMayGo, [NotNullWhen(true)] out WaitingGuest? guest)
    {
        var isPublic = publicMayGo && _public.Count > 0
            && (_backends.Count == 0 || _backendsInARow >= BackendsPerPublic);
        if (!LineOf(isPublic).TryDequeue(out guest))
            return false;
        Sent(isPublic);
        return true;
    }

    /// <summary>
    /// The guest that is tried for all: the first of those whose outcome says most about the tenant, and of them one that was
    /// not tried before. It waits no longer.
    /// </summary>
    public bool TryTakeProbe(bool publicMayGo, [NotNullWhen(true)] out WaitingGuest? guest)
    {
        guest = (publicMayGo ? Everybody : _backends.Guests).MaxBy(static waiting => waiting.Rank);
        return guest is not null && Leave(guest);
    }

    /// <summary>Notes a send that nobody had to wait for.</summary>
    public void SentAtOnce(bool isRetry, bool isPublic)
    {
        LineOf(isPublic).SentAtOnce(isRetry);
        Sent(isPublic);
    }

    private void Sent(bool isPublic) => _backendsInARow = isPublic ? 0 : Math.Min(BackendsPerPublic, _backendsInARow + 1);

    private WaitingLine LineOf(bool isPublic) => isPublic ? _public : _backends;

    /// <summary>First come first served; those whose event was tried before stand apart, bounded by the retry budget.</summary>
    private sealed class WaitingLine
    {
        private readonly LinkedList<WaitingGuest> _fresh = [];
        private readonly LinkedList<WaitingGuest> _retries = [];
        private readonly RetryBudget _budget = new();

        public int Count => _fresh.Count + _retries.Count;

        public IEnumerable<WaitingGuest> Guests => _fresh.Concat(_retries);

        public void Add(WaitingGuest guest, bool isRetry) => (isRetry ? _retries : _fresh).AddLast(guest.Place);

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

        public void SentAtOnce(bool isRetry)
        {
            if (!isRetry)
                _budget.SentFresh();
        }
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

    /// <summary>Its event came with a public key: anybody may have sent it.</summary>
    public bool IsPublic => Rank == ProbeRank.Public;

    public LinkedListNode<WaitingGuest> Place { get; }

    public TaskCompletionSource<SendPermit> Permit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
