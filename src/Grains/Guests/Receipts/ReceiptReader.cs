using GuestSessions.Core.Journal;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests.Receipts;

/// <summary>
/// Reads the receipts of one guest from its journal. It reads only the commits that it needs, not the whole history. A read
/// contains everything that was acknowledged before it, and nothing that is not durable.
/// </summary>
internal sealed class ReceiptReader(SessionCommitter committer, IJournal journal)
{
    /// <summary>
    /// Returns the events that the session still holds, after everything decided so far is durable. Returns null when the
    /// guest was never seen.
    /// </summary>
    public Task<KnownEvents?> KnownAsync() => committer.ReadAsync(KnownEvents.Of);

    /// <summary>Returns the latest event with an id; null when there is none.</summary>
    public async Task<Receipt?> FindAsync(string eventId)
    {
        var (known, remembered) = await committer.ReadAsync(state => (
            KnownEvents.Of(state),
            state.Dedup.TryGet(eventId, out var remembered) ? remembered.Sequence : (long?)null));
        if (known is null)
            return null;
        var sequence = known.Find(eventId) ?? remembered
            ?? await journal.FindEventAsync(committer.Key, eventId, CancellationToken.None);
        return sequence is { } found ? await ReadAsync(known, found) : null;
    }

    /// <summary>Returns one event by its sequence; null when nothing of it is stored any more.</summary>
    public async Task<Receipt?> ReadAsync(long sequence) =>
        await KnownAsync() is { } known ? await ReadAsync(known, sequence) : null;

    /// <summary>Returns the receipts of a run of events, in order of acceptance.</summary>
    public async Task<IReadOnlyList<Receipt>> ReadAsync(KnownEvents known, SequenceRun run)
    {
        var book = new ReceiptBook(run.First, run.Last);
        var trace = await journal.TraceAsync(committer.Key, run.First, run.Last, CancellationToken.None);
        foreach (var span in trace.Spans)
        {
            await foreach (var commit in journal.ReadAsync(committer.Key, span, CancellationToken.None))
            {
                foreach (var @event in commit.Events)
                    book.Apply(@event);
            }
        }

        book.Complete(known.Line, known.SetAside);
        return [.. book.Receipts];
    }

    /// <summary>Returns the lowest sequence that may still have commits.</summary>
    public async Task<long> OldestAsync(KnownEvents known)
    {
        var trace = await journal.TraceAsync(committer.Key, 0, 0, CancellationToken.None);
        if (trace.Oldest is not { } oldest)
            return known.LastSequence + 1;
        if (oldest <= 1)
            return 1;
        await foreach (var commit in journal.ReadAsync(committer.Key, afterVersion: 0, CancellationToken.None))
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

/// <summary>The events that a session still holds, as of one commit.</summary>
/// <param name="Version">The version of that commit.</param>
/// <param name="Lines">See <see cref="GuestSession.Lines"/>.</param>
internal sealed record KnownEvents(
    long Version, long LastSequence, IReadOnlyList<LineEntry> Line, IReadOnlyList<SetAsideEvent> SetAside,
    IReadOnlyList<string> Lines)
{
    /// <summary>Returns null when the guest was never seen.</summary>
    public static KnownEvents? Of(GuestSession state) => state.Guest is null
        ? null
        : new KnownEvents(
            state.Version, state.LastSequence, [.. state.Line.Entries], [.. state.SetAside.Events], [.. state.Lines]);

    public IEnumerable<long> Waiting => Line.Select(static entry => entry.Event.Sequence);

    public IEnumerable<long> Aside => SetAside.Select(static aside => aside.Event.Sequence);

    /// <summary>The sequence of the latest of these events with an id; null when there is none.</summary>
    public long? Find(string eventId) => Line.Select(static entry => entry.Event)
        .Concat(SetAside.Select(static aside => aside.Event))
        .Where(recorded => recorded.EventId == eventId)
        .Max(static recorded => (long?)recorded.Sequence);
}
