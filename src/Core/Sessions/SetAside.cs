using System.Diagnostics;

namespace GuestSessions.Core.Sessions;

/// <summary>A guest's quarantined and in-doubt events, by sequence: out of the line, kept until a person acts.</summary>
public sealed class SetAside
{
    private readonly SortedDictionary<long, SetAsideEvent> _events = [];

    public int Count => _events.Count;

    public int InDoubtCount { get; private set; }

    /// <summary>Events whose policy makes the line wait for a person.</summary>
    public int WaitingCount { get; private set; }

    public long Bytes { get; private set; }

    public IEnumerable<SetAsideEvent> Events => _events.Values;

    public SetAsideEvent? Find(long sequence) => _events.GetValueOrDefault(sequence);

    /// <summary>By the caller's id; the latest, where one was used again long after.</summary>
    public SetAsideEvent? Find(string eventId) => _events.Values.LastOrDefault(aside => aside.Event.EventId == eventId);

    public bool IsFull(SessionLimits limits) => Count >= limits.SetAsideEvents || Bytes >= limits.SetAsideBytes;

    /// <summary>Whether one more event of that size would make it full.</summary>
    public bool IsFullWith(int size, SessionLimits limits) =>
        Count + 1 >= limits.SetAsideEvents || Bytes + size >= limits.SetAsideBytes;

    public void Add(SetAsideEvent aside)
    {
        _events.Add(aside.Event.Sequence, aside);
        Bytes += aside.Event.Size;
        InDoubtCount += aside.InDoubt ? 1 : 0;
        WaitingCount += aside.Waits ? 1 : 0;
    }

    /// <summary>Exchanges an event's entry for another of the same standing.</summary>
    public void Replace(SetAsideEvent aside) => _events[aside.Event.Sequence] = aside;

    public SetAsideEvent Remove(long sequence)
    {
        if (!_events.Remove(sequence, out var aside))
            throw new UnreachableException($"Event {sequence} is not set aside.");
        Bytes -= aside.Event.Size;
        InDoubtCount -= aside.InDoubt ? 1 : 0;
        WaitingCount -= aside.Waits ? 1 : 0;
        return aside;
    }
}
