namespace GuestSessions.Core.Sessions;

/// <summary>
/// The event ids of a guest's latest events: the last <c>DedupIds</c> of them or those of <c>DedupAge</c>, whichever is
/// shorter. An event whose id has left the window is no longer recognised as a duplicate.
/// </summary>
/// <remarks>Nearly all of an idle guest's memory is here. So it is one array, and only long windows have an index.</remarks>
public sealed class DedupWindow(SessionLimits limits)
{
    /// <summary>A window up to this size is searched faster than an index.</summary>
    private const int Searched = 64;

    /// <summary>The array grows by so many ids, or by a third where that is more. Most guests have few events.</summary>
    private const int Growth = 4;

    // A ring: the oldest id is at _first.
    private RememberedId[] _ids = [];
    private int _first;

    /// <summary>Where in the ring an id is, by its hash; null for a short window.</summary>
    private RememberedPlaces? _places;

    public int Count { get; private set; }

    /// <summary>The ids, oldest first.</summary>
    public RememberedId[] ToArray() => Copy(Count);

    public bool TryGet(string eventId, out RememberedId remembered)
    {
        var place = Count == 0 ? -1 : Find(RememberedId.HashOf(eventId));
        remembered = place < 0 ? default : _ids[place];
        return place >= 0;
    }

    /// <summary>Adds an id and forgets what the window no longer covers.</summary>
    public void Add(RememberedId id)
    {
        while (Count > 0 && (Count >= limits.DedupIds
            || id.ReceivedAtTicks - _ids[_first].ReceivedAtTicks > limits.DedupAge.Ticks))
            ForgetOldest();
        if (Count == _ids.Length)
            Resize(Math.Min(Math.Max(limits.DedupIds, 1), Count + Math.Max(Growth, Count / 3)));
        var place = PlaceOf(Count++);
        _ids[place] = id;
        if (_places is not null)
            _places.Set(id.Id, place, _ids);
        else if (Count > Searched)
            Index();
    }

    /// <summary>
    /// Forgets the content that an event's id stands for. A repetition of the id is a duplicate from then on, whatever it says.
    /// </summary>
    public void Blank(long sequence)
    {
        for (var i = 0; i < Count; i++)
        {
            var place = PlaceOf(i);
            if (_ids[place].Sequence == sequence)
                _ids[place] = _ids[place] with { Hash = default };
        }
    }

    /// <summary>Restores the ids of a snapshot.</summary>
    /// <param name="ids">Oldest first.</param>
    public void Restore(IReadOnlyList<RememberedId> ids)
    {
        Resize(ids.Count);
        foreach (var id in ids)
            Add(id);
    }

    /// <summary>
    /// How far back the window reaches when it is full; null while it still holds every id of its age. Shorter than an
    /// hour means that a caller's late retry may be accepted as a new event.
    /// </summary>
    public TimeSpan? ReachWhenFull(DateTimeOffset now) =>
        Count < limits.DedupIds ? null : new TimeSpan(now.UtcTicks - _ids[_first].ReceivedAtTicks);

    /// <summary>Moves the ids with a clock that was set, so that their age stays the same.</summary>
    public void Move(TimeSpan by)
    {
        for (var i = 0; i < Count; i++)
        {
            var place = PlaceOf(i);
            _ids[place] = _ids[place] with { ReceivedAtTicks = _ids[place].ReceivedAtTicks + by.Ticks };
        }
    }

    private int PlaceOf(int position) => (_first + position) % _ids.Length;

    private int Find(UInt128 id)
    {
        if (_places is not null)
            return _places.Find(id, _ids);
        for (var i = 0; i < Count; i++)
        {
            if (_ids[PlaceOf(i)].Id == id)
                return PlaceOf(i);
        }

        return -1;
    }

    private void ForgetOldest()
    {
        _places?.Remove(_ids[_first].Id, _first, _ids);
        _first = PlaceOf(1);
        Count--;
    }

    private void Resize(int length)
    {
        (_ids, _first) = (Copy(length), 0);
        if (_places is not null)
            Index();
    }

    private RememberedId[] Copy(int length)
    {
        var ids = new RememberedId[length];
        for (var i = 0; i < Count; i++)
            ids[i] = _ids[PlaceOf(i)];
        return ids;
    }

    private void Index()
    {
        _places = new RememberedPlaces(_ids.Length);
        for (var i = 0; i < Count; i++)
            _places.Set(_ids[PlaceOf(i)].Id, PlaceOf(i), _ids);
    }
}
