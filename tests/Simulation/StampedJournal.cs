using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;
using GuestSessions.TestDoubles;

namespace GuestSessions.Simulation.Tests;

/// <summary>A journal that tells the world by which time events are stamped that a process is about to accept.</summary>
internal sealed class StampedJournal(IJournal journal, World world, SetClock machine) : IJournal
{
    public GuestKeyring Keyring => journal.Keyring;

    public DateTimeOffset? RestoredAt => journal.RestoredAt;

    public Task<AppendResult> AppendAsync(JournalEntry entry, out byte[] kept, CancellationToken cancellation)
    {
        foreach (var recorded in entry.Events.OfType<EventRecorded>().Where(static recorded => recorded.Replay is null))
            world.Stamped(machine, recorded.EventId, recorded.ReceivedAt);
        return journal.AppendAsync(entry, out kept, cancellation);
    }

    public Task<StoredSession> LoadAsync(GuestKey guest, CancellationToken cancellation) =>
        journal.LoadAsync(guest, cancellation);

    public IAsyncEnumerable<JournalCommit> ReadAsync(
        GuestKey guest, long afterVersion, CancellationToken cancellation) =>
        journal.ReadAsync(guest, afterVersion, cancellation);

    public Task<HistoryTrace> TraceAsync(GuestKey guest, long first, long last, CancellationToken cancellation) =>
        journal.TraceAsync(guest, first, last, cancellation);

    public IAsyncEnumerable<JournalCommit> ReadAsync(
        GuestKey guest, VersionSpan span, CancellationToken cancellation) =>
        journal.ReadAsync(guest, span, cancellation);

    public Task<long?> FindEventAsync(GuestKey guest, string eventId, CancellationToken cancellation) =>
        journal.FindEventAsync(guest, eventId, cancellation);

    public Task SaveSnapshotAsync(GuestKey guest, SessionSnapshot snapshot, CancellationToken cancellation) =>
        journal.SaveSnapshotAsync(guest, snapshot, cancellation);

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<JournalCommit> commits, CancellationToken cancellation) =>
        journal.RewriteAsync(guest, commits, cancellation);

    public bool OfferSnapshot(GuestKey guest, SessionSnapshot snapshot) => journal.OfferSnapshot(guest, snapshot);

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        journal.ReadPendingAsync(after, limit, cancellation);

    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation) =>
        journal.TidyPendingAsync(before, now, cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        string tenant, SearchTerm term, string? after, int limit, CancellationToken cancellation) =>
        journal.FindAsync(tenant, term, after, limit, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        journal.ReadUncoveredAsync(before, after, limit, cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        journal.DeleteExpiredAsync(before, limit, cancellation);
}
