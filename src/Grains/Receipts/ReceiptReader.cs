using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains.Receipts;

/// <summary>
/// Reads the receipts of one guest from its journal, as many commits as they take and not its whole history. What was
/// acknowledged before a read is in it, and nothing is in it that is not durable.
/// </summary>
public sealed class ReceiptReader(GuestKey key, IJournal journal, SessionDoor door)
{
    /// <summary>What the session knows by itself, once everything decided so far is at the disk; null for a guest never seen.</summary>
    internal Task<KnownEvents?> KnownAsync() => door.EnterAsync(static work => work.State.Guest is null
        ? null
        : new KnownEvents(work.State.LastSequence, [.. work.State.Line.Entries], [.. work.State.SetAside.Events]));

    /// <summary>The latest event with an id; null when there is none.</summary>
    public async Task<Receipt?> FindAsync(string eventId)
    {
        if (await KnownAsync() is not { } known)
            return null;
        var sequence = known.Find(eventId)
            ?? (door.State.Dedup.TryGet(eventId, out var remembered) ? remembered.Sequence : (long?)null)
            ?? await journal.FindEventAsync(key, eventId, CancellationToken.None);
        return sequence is { } found ? await ReadAsync(known, found) : null;
    }

    /// <summary>One event by its sequence; null when there is nothing of it any more.</summary>
    public async Task<Receipt?> ReadAsync(long sequence) =>
        await KnownAsync() is { } known ? await ReadAsync(known, sequence) : null;

    /// <summary>The receipts of a run of events, in order of acceptance.</summary>
    internal async Task<IReadOnlyList<Receipt>> ReadAsync(KnownEvents known, SequenceRun run)
    {
        var book = new ReceiptBook(run.First, run.Last);
        var trace = await journal.TraceAsync(key, run.First, run.Last, CancellationToken.None);
        foreach (var span in trace.Spans)
        {
            await foreach (var commit in journal.ReadAsync(key, span, CancellationToken.None))
            {
                foreach (var @event in commit.Events)
                    book.Apply(@event);
            }
        }

        book.Complete(known.Line, known.SetAside);
        return [.. book.Receipts];
    }

    /// <summary>The lowest sequence that may still have commits.</summary>
    internal async Task<long> OldestAsync(KnownEvents known)
    {
        var trace = await journal.TraceAsync(key, 0, 0, CancellationToken.None);
        if (trace.Oldest is not { } oldest)
            return known.LastSequence + 1;
        if (oldest <= 1)
            return 1;
        await foreach (var commit in journal.ReadAsync(key, afterVersion: 0, CancellationToken.None))
        {
            return commit.Events.OfType<EventRecorded>().Select(static recorded => recorded.Sequence)
                .DefaultIfEmpty(oldest + 1)
                .Min();
        }

        return known.LastSequence + 1;
    }

    private async Task<Receipt?> ReadAsync(KnownEvents known, long sequence) =>
        (await ReadAsync(known, new SequenceRun(sequence, sequence))).SingleOrDefault();
}

/// <summary>What a session knows of its events by itself: those it still holds.</summary>
internal sealed record KnownEvents(
    long LastSequence, IReadOnlyList<LineEntry> Line, IReadOnlyList<SetAsideEvent> SetAside)
{
    public IEnumerable<long> Waiting => Line.Select(static entry => entry.Event.Sequence);

    public IEnumerable<long> Aside => SetAside.Select(static aside => aside.Event.Sequence);

    /// <summary>The sequence of the latest event with an id among them.</summary>
    public long? Find(string eventId) => Line.Select(static entry => entry.Event)
        .Concat(SetAside.Select(static aside => aside.Event))
        .Where(recorded => recorded.EventId == eventId)
        .Max(static recorded => (long?)recorded.Sequence);
}
