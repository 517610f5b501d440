using System.Diagnostics.CodeAnalysis;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// The event ids of a guest's latest events: the last <c>DedupIds</c> of them or those of <c>DedupAge</c>, whichever is
/// shorter. An event whose id has left the window is no longer recognised as a duplicate.
/// </summary>
public sealed class DedupWindow(SessionLimits limits)
{
    private readonly Queue<RememberedId> _order = new();
    private readonly Dictionary<string, RememberedId> _byId = new(StringComparer.Ordinal);

    public int Count => _order.Count;

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<RememberedId> Ids => _order;

    public bool TryGet(string eventId, [NotNullWhen(true)] out RememberedId? remembered) =>
        _byId.TryGetValue(eventId, out remembered);

    /// <summary>Adds an id and forgets what the window no longer covers.</summary>
    public void Add(RememberedId id)
    {
        _order.Enqueue(id);
        _byId[id.EventId] = id;
        while (_order.Count > limits.DedupIds || id.ReceivedAt - _order.Peek().ReceivedAt > limits.DedupAge)
            Forget(_order.Dequeue());
    }

    /// <summary>
    /// How far back the window reaches when it is full; null while it still holds every id of its age. Shorter than an
    /// hour means that a caller's late retry may be accepted as a new event.
    /// </summary>
    public TimeSpan? ReachWhenFull(DateTimeOffset now) =>
        _order.Count < limits.DedupIds ? null : now - _order.Peek().ReceivedAt;

    /// <summary>Moves the ids with a clock that was set, so that their age stays the same.</summary>
    public void Move(TimeSpan by)
    {
        var ids = _order.ToList();
        _order.Clear();
        foreach (var id in ids)
        {
            var moved = id with { ReceivedAt = id.ReceivedAt + by };
            _order.Enqueue(moved);
            if (_byId.TryGetValue(id.EventId, out var current) && ReferenceEquals(current, id))
                _byId[id.EventId] = moved;
        }
    }

    private void Forget(RememberedId id)
    {
        // An id that was forgotten and then used again belongs to the later event.
        if (_byId.TryGetValue(id.EventId, out var current) && ReferenceEquals(current, id))
            _byId.Remove(id.EventId);
    }
}
