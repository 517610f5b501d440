using System.Diagnostics;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// A guest's undelivered events in delivery order: by <see cref="EventRecorded.OrderAt"/>, ties by sequence. The head
/// keeps its place once it was sent, so no event overtakes one that the upstream may have seen.
/// </summary>
public sealed class Line
{
    /// <summary>A line that was longer gives its memory back once it is empty. <value>4 events</value></summary>
    private const int LengthKept = 4;

    private readonly List<LineEntry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Bytes of the events in the line.</summary>
    public long Bytes { get; private set; }

    /// <summary>The part of them that came with a public key.</summary>
    public Share Public { get; private set; }

    public LineEntry? Head => _entries.Count > 0 ? _entries[0] : null;

    public IReadOnlyList<LineEntry> Entries => _entries;

    /// <summary>
    /// Puts an event at the head: behind one in flight, and behind other redriven ones that were accepted before it.
    /// </summary>
    public void AddAtHead(LineEntry entry, long? onItsWay)
    {
        var position = _entries.FindIndex(waiting => waiting.Event.Sequence != onItsWay
            && (waiting.RedrivenAt is null || waiting.Event.Sequence > entry.Event.Sequence));
        _entries.Insert(position < 0 ? _entries.Count : position, entry);
        Weigh(entry);
    }

    /// <summary>When the longest-waiting event was received.</summary>
    public DateTimeOffset? OldestReceivedAt =>
        _entries.Count == 0 ? null : _entries.Min(static entry => entry.Event.ReceivedAt);

    /// <summary>Whether an event waits here that has never left the line.</summary>
    public bool HasNeverLeft(long sequence) => Find(sequence) is { RedrivenAt: null };

    public void Add(LineEntry entry)
    {
        _entries.Insert(PositionOf(entry.Event), entry);
        Weigh(entry);
    }

    /// <summary>Restores the entries of a snapshot in their order.</summary>
    public void Restore(IEnumerable<LineEntry> entries)
    {
        foreach (var entry in entries)
        {
            _entries.Add(entry);
            Weigh(entry);
        }
    }

    public LineEntry? Find(long sequence) => PlaceOf(sequence) is >= 0 and var place ? _entries[place] : null;

    public void Replace(LineEntry entry) => _entries[IndexOf(entry.Event.Sequence)] = entry;

    public LineEntry Remove(long sequence)
    {
        var index = IndexOf(sequence);
        var entry = _entries[index];
        _entries.RemoveAt(index);
        if (_entries.Count == 0 && _entries.Capacity > LengthKept)
            _entries.Capacity = 0;
        Bytes -= entry.Event.Size;
        Public = Public.With(entry.Event, -1);
        return entry;
    }

    /// <summary>
    /// Moves the waits with a clock that was set, so that they keep their length. The order does not use this clock.
    /// </summary>
    public void Move(TimeSpan by)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            _entries[i] = entry with
            {
                Event = entry.Event with { ReceivedAt = entry.Event.ReceivedAt + by, DueAt = entry.Event.DueAt + by },
                RetryAt = entry.RetryAt + by,
                RedrivenAt = entry.RedrivenAt + by,
            };
        }
    }

    public void FlushAll()
    {
        for (var i = 0; i < _entries.Count; i++)
            _entries[i] = _entries[i] with { Flushed = true };
    }

    private void Weigh(LineEntry entry)
    {
        Bytes += entry.Event.Size;
        Public = Public.With(entry.Event, 1);
    }

    private int PositionOf(EventRecorded recorded)
    {
        // Nearly every event belongs at the end: look from there.
        var position = _entries.Count;
        while (position > 0 && IsBefore(recorded, _entries[position - 1]))
            position--;
        return position;
    }

    private static bool IsBefore(EventRecorded recorded, LineEntry entry) =>
        !entry.KeepsItsPlace
        && (recorded.OrderAt, recorded.Sequence).CompareTo((entry.Event.OrderAt, entry.Event.Sequence)) < 0;

    private int IndexOf(long sequence)
    {
        var index = PlaceOf(sequence);
        return index >= 0 ? index : throw new UnreachableException($"Event {sequence} is not in the line.");
    }

    private int PlaceOf(long sequence)
    {
        for (var place = 0; place < _entries.Count; place++)
        {
            if (_entries[place].Event.Sequence == sequence)
                return place;
        }

        return -1;
    }
}
