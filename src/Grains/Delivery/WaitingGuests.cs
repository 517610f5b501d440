using System.Diagnostics.CodeAnalysis;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// A tenant's guests that wait for a permit. Guests whose next event came with a public key wait in a separate queue. While
/// events of backends wait, these guests get at most a quarter of the permits. Not thread-safe.
/// </summary>
internal sealed class WaitingGuests
{
    /// <summary>Number of permits for backends' events per permit for a public event, while both wait.</summary>
    private const int BackendsPerPublic = 3;

    private readonly WaitingLine _backends = new();
    private readonly WaitingLine _public = new();
    private int _backendsInARow;

    public int Count => _backends.Count + _public.Count;

    /// <summary>Number of guests whose next event a backend sent.</summary>
    public int Backends => _backends.Count;

    /// <summary>The highest rank of the waiting guests. It examines each guest.</summary>
    public ProbeRank BestRank => Everybody.Select(static guest => guest.Rank).DefaultIfEmpty().Max();

    private IEnumerable<WaitingGuest> Everybody => _backends.Guests.Concat(_public.Guests);

    /// <param name="sender">See <see cref="WaitingGuest.Sender"/>.</param>
    public WaitingGuest Enqueue(bool isRetry, ProbeRank rank, int sender)
    {
        var guest = new WaitingGuest(rank, sender);
        LineOf(guest.IsPublic).Add(guest, isRetry);
        return guest;
    }

    /// <summary>
    /// Removes a guest that no longer waits. Nothing of it stays: while a tenant is paused, guests enter and leave memory
    /// without end.
    /// </summary>
    /// <returns>False when the guest no longer waited because it had received its permit.</returns>
    public static bool Leave(WaitingGuest guest)
    {
        if (guest.Queue is not { } queue)
            return false;
        queue.Remove(guest);
        return true;
    }

    /// <summary>Removes and returns the guest whose turn it is.</summary>
    /// <param name="publicMayGo">Whether the share of public events is not exhausted.</param>
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
    /// Removes and returns the guest that is tried on behalf of all: the first of the guests whose outcome says most
    /// about the tenant, preferably one whose event was not tried before.
    /// </summary>
    public bool TryTakeProbe(bool publicMayGo, [NotNullWhen(true)] out WaitingGuest? guest)
    {
        guest = (publicMayGo ? Everybody : _backends.Guests).MaxBy(static waiting => waiting.Rank);
        return guest is not null && Leave(guest);
    }

    /// <summary>Counts a send that did not have to wait.</summary>
    public void SentAtOnce(bool isRetry, bool isPublic)
    {
        LineOf(isPublic).SentAtOnce(isRetry);
        Sent(isPublic);
    }

    private void Sent(bool isPublic) => _backendsInARow = isPublic ? 0 : Math.Min(BackendsPerPublic, _backendsInARow + 1);

    private WaitingLine LineOf(bool isPublic) => isPublic ? _public : _backends;

    /// <summary>
    /// In turn by sender. Guests whose event was tried before wait separately, bounded by the retry budget.
    /// </summary>
    private sealed class WaitingLine
    {
        private readonly FairQueue _fresh = new();
        private readonly FairQueue _retries = new();
        private readonly RetryBudget _budget = new();

        public int Count => _fresh.Count + _retries.Count;

        public IEnumerable<WaitingGuest> Guests => _fresh.Guests.Concat(_retries.Guests);

        public void Add(WaitingGuest guest, bool isRetry) => (isRetry ? _retries : _fresh).Add(guest);

        public bool TryDequeue([NotNullWhen(true)] out WaitingGuest? guest)
        {
            var freshWaits = _fresh.Count > 0;
            var takesRetry = _budget.TakesRetry(freshWaits, _retries.Count > 0);
            if (takesRetry)
                _budget.SentRetry(freshWaits);
            else if (freshWaits)
                _budget.SentFresh();
            return (takesRetry ? _retries : _fresh).TryDequeue(out guest);
        }

        public void SentAtOnce(bool isRetry)
        {
            if (!isRetry)
                _budget.SentFresh();
        }
    }
}

/// <summary>A guest's place among the waiting guests, and the permit that it waits for.</summary>
internal sealed class WaitingGuest
{
    public WaitingGuest(ProbeRank rank, int sender)
    {
        (Rank, Sender) = (rank, sender);
        Place = new LinkedListNode<WaitingGuest>(this);
    }

    /// <summary>How much the outcome of its event would say about the tenant while it is in trouble.</summary>
    public ProbeRank Rank { get; }

    /// <summary>Whether its event came with a public key, so that anybody may have sent it.</summary>
    public bool IsPublic => Rank == ProbeRank.Public;

    /// <summary>Stands for the address that sent its last public event; 0 for all others and where it is unknown.</summary>
    public int Sender { get; }

    public LinkedListNode<WaitingGuest> Place { get; }

    /// <summary>Where it waits; null once it does not.</summary>
    public FairQueue? Queue { get; set; }

    public TaskCompletionSource<SendPermit> Permit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
