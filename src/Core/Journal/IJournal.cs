using GuestSessions.Core.Guests;
using GuestSessions.Core.Listing;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Journal;

/// <summary>
/// The durable home of every guest session: one head row per guest that fences writers, and one journal row per
/// commit. Implemented by <c>src/Storage</c>; every implementation passes the same contract test.
/// </summary>
public interface IJournal
{
    /// <summary>The store's own secret, made once: what <see cref="GuestKeyring"/> hashes with.</summary>
    GuestKeyring Keyring { get; }

    /// <summary>
    /// Makes one commit of one guest durable: the head moves from <c>Version − 1</c> to <c>Version</c>, the row is
    /// inserted and its search terms are indexed, all in one transaction that is on disk when the task completes.
    /// </summary>
    /// <returns><see cref="AppendResult.Fenced"/> when another writer already moved the head.</returns>
    /// <exception cref="JournalUnavailableException">
    /// The store refused before anything was written, or the outcome is unknown: the caller forgets its memory and
    /// replays.
    /// </exception>
    Task<AppendResult> AppendAsync(JournalEntry entry, CancellationToken cancellation);

    /// <summary>Everything needed to rebuild a session: the latest snapshot, if any, and the commits after it.</summary>
    /// <exception cref="JournalCorruptException">A row cannot be read; the message names it.</exception>
    Task<StoredSession> LoadAsync(GuestKey guest, CancellationToken cancellation);

    /// <summary>The commits of one guest with a version above <paramref name="afterVersion"/>, in order.</summary>
    /// <exception cref="JournalCorruptException">A row cannot be read; the message names it.</exception>
    IAsyncEnumerable<JournalCommit> ReadAsync(GuestKey guest, long afterVersion, CancellationToken cancellation);

    /// <summary>Finds the commits about some of a guest's events without reading any.</summary>
    /// <param name="first">The lowest sequence of them.</param>
    /// <param name="last">The highest.</param>
    Task<HistoryTrace> TraceAsync(GuestKey guest, long first, long last, CancellationToken cancellation);

    /// <summary>The commits of one span, in order.</summary>
    /// <exception cref="JournalCorruptException">A row cannot be read; the message names it.</exception>
    IAsyncEnumerable<JournalCommit> ReadAsync(GuestKey guest, VersionSpan span, CancellationToken cancellation);

    /// <summary>
    /// The sequence under which an event id was accepted last; null when no commit has it. Looks through the guest's
    /// commits from the newest back: for ids that the session itself no longer remembers.
    /// </summary>
    Task<long?> FindEventAsync(GuestKey guest, string eventId, CancellationToken cancellation);

    /// <summary>Replaces the guest's snapshot if this one is newer. Shortens replay; never needed for correctness.</summary>
    Task SaveSnapshotAsync(GuestKey guest, SessionSnapshot snapshot, CancellationToken cancellation);

    /// <summary>The same some time soon, if there is room for it now; nobody waits and nothing fails.</summary>
    /// <returns>False when the snapshot was skipped.</returns>
    bool OfferSnapshot(GuestKey guest, SessionSnapshot snapshot);

    /// <summary>
    /// One page of the guests that have undelivered events, in key order after <paramref name="after"/> (null starts).
    /// Reads heads only, never history.
    /// </summary>
    Task<IReadOnlyList<GuestKey>> ReadPendingAsync(GuestKey? after, int limit, CancellationToken cancellation);

    /// <summary>The guests indexed under a term, by their own ids in ordinal order, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<string>> FindAsync(
        string tenant, SearchTerm term, string? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// One page of the guests with commits older than <paramref name="before"/> that no snapshot covers yet, in key order.
    /// Their grains are asked for a snapshot before <see cref="DeleteExpiredAsync"/> can let the commits go.
    /// </summary>
    Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Deletes commits older than <paramref name="before"/> that a snapshot covers: up to <paramref name="limit"/> one by
    /// one, and more where a store can let many go at once. A store that does may keep some for longer, until all that it
    /// keeps together with them is old. Heads and snapshots stay.
    /// </summary>
    /// <returns>How many commits were deleted; fewer than the limit means none are left for now.</returns>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation);
}

public enum AppendResult
{
    /// <summary>The commit is on disk.</summary>
    Written,

    /// <summary>Another activation of the guest wrote this version first: this one is stale.</summary>
    Fenced,
}

/// <summary>One commit on its way to the journal.</summary>
/// <param name="Guest">Whose session it is.</param>
/// <param name="Name">The guest id as the caller chose it; kept on the head row for look-ups.</param>
/// <param name="Version">The version this commit makes, 1 for the first.</param>
/// <param name="At">When the commit was decided.</param>
/// <param name="Events">At least one; atomic together.</param>
/// <param name="Pending">Whether the guest has undelivered events after this commit.</param>
/// <param name="Terms">Search terms this commit adds; indexing one twice is harmless.</param>
public sealed record JournalEntry(
    GuestKey Guest,
    string Name,
    long Version,
    DateTimeOffset At,
    IReadOnlyList<SessionEvent> Events,
    bool Pending,
    IReadOnlyList<SearchTerm> Terms)
{
    /// <summary>What this commit changes in the operator's lists.</summary>
    public GuestListing Listing { get; init; } = GuestListing.None;

    public CommitPosition Position { get; init; }

    /// <summary>See <see cref="CommitPosition.LateChanges"/>.</summary>
    public IReadOnlyList<long> LateChanges { get; init; } = [];
}

/// <summary>One commit read back.</summary>
public sealed record JournalCommit(long Version, DateTimeOffset At, IReadOnlyList<SessionEvent> Events);

/// <summary>What the journal holds of a guest; no snapshot and no commits for a guest never seen.</summary>
public sealed record StoredSession(SessionSnapshot? Snapshot, IReadOnlyList<JournalCommit> Commits);
