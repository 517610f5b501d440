using System.Diagnostics;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// A guest's quarantined and in-doubt events, by sequence: out of the line, kept until a person acts. Events from a
/// public key have a limit of their own, so that a stranger's junk uses nothing of the capacity for the guest's own
/// failures.
/// </summary>
public sealed class SetAside
{
    private SortedDictionary<long, SetAsideEvent>? _events;

    public int Count => _events?.Count ?? 0;

    public int InDoubtCount { get; private set; }

    /// <summary>Events whose policy makes the line wait until a person acts on them.</summary>
    public int BlockingCount { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The part of them that came with a public key.</summary>
    public Share Public { get; private set; }

    /// <summary>The part of those that never was sent.</summary>
    public Share PublicUnsent { get; private set; }

    public IReadOnlyCollection<SetAsideEvent> Events => _events is null ? [] : _events.Values;

    public SetAsideEvent? Find(long sequence) => _events?.GetValueOrDefault(sequence);

    /// <summary>By the caller's id; the latest one if the id was used again much later.</summary>
    public SetAsideEvent? Find(string eventId) => Events.LastOrDefault(aside => aside.Event.EventId == eventId);

    /// <summary>Remaining capacity for the guest's own events.</summary>
    public (int Events, long Bytes) CapacityFor(SessionLimits limits) =>
        (limits.SetAsideEvents - (Count - Public.Events), limits.SetAsideBytes - (Bytes - Public.Bytes));

    /// <summary>Whether there is no capacity left for the guest's own events.</summary>
    public bool IsFull(SessionLimits limits) => CapacityFor(limits) is { Events: <= 0 } or { Bytes: <= 0 };

    /// <summary>Whether one more event of that size of the guest's own would make it full.</summary>
    public bool IsFullWith(int size, SessionLimits limits)
    {
        var (events, bytes) = CapacityFor(limits);
        return events <= 1 || bytes <= size;
    }

    public void Add(SetAsideEvent aside)
    {
        (_events ??= []).Add(aside.Event.Sequence, aside);
        Bytes += aside.Event.Size;
        Tally(aside, 1);
        InDoubtCount += aside.InDoubt ? 1 : 0;
        BlockingCount += aside.BlocksLine ? 1 : 0;
    }

    /// <summary>Replaces an event's entry by another with the same state.</summary>
    public void Replace(SetAsideEvent aside) => _events![aside.Event.Sequence] = aside;

    public SetAsideEvent Remove(long sequence)
    {
        if (_events is null || !_events.Remove(sequence, out var aside))
            throw new UnreachableException($"Event {sequence} is not set aside.");
        Bytes -= aside.Event.Size;
        Tally(aside, -1);
        InDoubtCount -= aside.InDoubt ? 1 : 0;
        BlockingCount -= aside.BlocksLine ? 1 : 0;
        return aside;
    }

    private void Tally(SetAsideEvent aside, int times)
    {
        Public = Public.With(aside.Event, times);
        if (aside.Attempts == 0)
            PublicUnsent = PublicUnsent.With(aside.Event, times);
    }
}

/// <summary>The part of some events that came with a public key.</summary>
public readonly record struct Share(int Events, long Bytes)
{
    /// <param name="recorded">The event; it counts only if it came with a public key.</param>
    /// <param name="times">1 to add it, -1 to remove it.</param>
    public Share With(EventRecorded recorded, int times) => recorded.FromPublicKey
        ? new(Events + times, Bytes + (times * recorded.Size))
        : this;
}
