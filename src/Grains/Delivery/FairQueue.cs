using System.Diagnostics.CodeAnalysis;

namespace GuestSessions.Grains.Delivery;

/// <summary>
/// Waiting guests in turn by the sender of their events, so that a sender with many guests makes nobody else wait longer. The
/// guests of one sender are served first come first served. Not thread-safe.
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<int, SenderQueue> _senders = [];
    private readonly LinkedList<SenderQueue> _turns = [];

    public int Count { get; private set; }

    /// <summary>All guests, those of the sender whose turn it is first.</summary>
    public IEnumerable<WaitingGuest> Guests => _turns.SelectMany(static sender => sender.Guests);

    public void Add(WaitingGuest guest)
    {
        if (!_senders.TryGetValue(guest.Sender, out var sender))
        {
            _senders.Add(guest.Sender, sender = new SenderQueue());
            _turns.AddLast(sender.Turn);
        }

        sender.Guests.AddLast(guest.Place);
        guest.Queue = this;
        Count++;
    }

    /// <summary>Removes a guest that is in this queue.</summary>
    public void Remove(WaitingGuest guest)
    {
        var sender = _senders[guest.Sender];
        sender.Guests.Remove(guest.Place);
        guest.Queue = null;
        Count--;
        if (sender.Guests.Count > 0)
            return;
        _senders.Remove(guest.Sender);
        _turns.Remove(sender.Turn);
    }

    /// <summary>Removes and returns the first guest. The turn passes to the next sender.</summary>
    public bool TryDequeue([NotNullWhen(true)] out WaitingGuest? guest)
    {
        guest = _turns.First?.Value.Guests.First?.Value;
        if (guest is null)
            return false;
        var turn = _turns.First!;
        _turns.RemoveFirst();
        _turns.AddLast(turn);
        Remove(guest);
        return true;
    }

    /// <summary>One sender's guests, and the sender's place among all senders.</summary>
    private sealed class SenderQueue
    {
        public SenderQueue() => Turn = new LinkedListNode<SenderQueue>(this);

        public LinkedListNode<SenderQueue> Turn { get; }

        public LinkedList<WaitingGuest> Guests { get; } = [];
    }
}
