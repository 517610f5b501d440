using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Journal;

/// <summary>
/// Stores every guest session durably: one head row per guest that fences writers, and rows of commits. Implemented by <c>src/Storage</c>; every implementation passes the same contract test.
/// </summary>
public interface IJournal
{
    /// <summary>Hashes names of guests with the store's secret, which is made once.</summary>
    GuestKeyring Keyring { get; }

    /// <summary>
    /// When the store was restored from a backup last, as its operator said; null if never. What was delivered between the
    /// backup and this moment is not in the journal.
    /// </summary>
    DateTimeOffset? RestoredAt { get; }

    /// <summary>
    /// Makes one commit of one guest durable: the head moves from <c>Version − 1</c> to <c>Version</c>, the row is
    /// inserted and its search terms are indexed, all in one transaction that is on disk when the task completes. A short
    /// commit about deliveries alone gets no row: the head keeps it until the next row takes it in.
    /// </summary>
    /// <param name="kept">Once the commit is written: see <see cref="JournalEntry.Kept"/>.</param>
    /// <returns><see cref="AppendResult.Fenced"/> when another writer already moved the head.</returns>
    /// <exception cref="JournalUnavailableException">
    /// The store refused before anything was written, or the outcome is unknown. The caller discards its memory and
    /// replays.
    /// </exception>
    Task<AppendResult> AppendAsync(JournalEntry entry, out byte[] kept, CancellationToken cancellation);

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
    /// The sequence under which an event id was accepted last; null when no commit has it. Searches the guest's
    /// commits from the newest to the oldest, for ids that the session itself no longer remembers.
    /// </summary>
    Task<long?> FindEventAsync(GuestKey guest, string eventId, CancellationToken cancellation);

    /// <summary>Replaces the guest's snapshot if this one is newer. Shortens replay; never needed for correctness.</summary>
    Task SaveSnapshotAsync(GuestKey guest, SessionSnapshot snapshot, CancellationToken cancellation);

    /// <summary>
    /// Replaces the events of commits, for values that must not be kept. The commits keep their versions and their times.
    /// Those that retention has deleted are left out.
    /// </summary>
    Task RewriteAsync(GuestKey guest, IReadOnlyList<JournalCommit> commits, CancellationToken cancellation);

    /// <summary>Saves the snapshot soon, unless too many wait. The caller does not wait, and gets no failure.</summary>
    /// <returns>False when the snapshot was skipped.</returns>
    bool OfferSnapshot(GuestKey guest, SessionSnapshot snapshot);

    /// <summary>
    /// One page of the guests that have undelivered events, in key order after <paramref name="after"/> (null starts).
    /// Reads heads only, never history.
    /// </summary>
    Task<IReadOnlyList<GuestKey>> ReadPendingAsync(GuestKey? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Takes guests that are not pending out of the index that <see cref="ReadPendingAsync"/> and the lists read. A store may
    /// keep them there after their delivery, because an index that changes twice for each event costs as much as the event.
    /// Changes no answer, only how fast it comes.
    /// </summary>
    /// <param name="before">Guests that were delivered later stay where the store knows that: they may come back soon.</param>
    Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The ids of the guests indexed under a term, in ordinal order, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<string>> FindAsync(
        string tenant, SearchTerm term, string? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// One page of the guests with commits older than <paramref name="before"/> that no snapshot covers yet, in key order.
    /// Their grains save a snapshot before <see cref="DeleteExpiredAsync"/> can delete the commits.
    /// </summary>
    Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Deletes commits older than <paramref name="before"/> that a snapshot covers: up to <paramref name="limit"/> one by
    /// one, and more if the store can drop many together. Such a store may keep some longer, until all commits that it
    /// drops together are old. Heads and snapshots stay.
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

/// <summary>One commit to append.</summary>
/// <param name="Name">The guest id that the caller chose; kept on the head row for look-ups.</param>
/// <param name="Version">The guest's version after this commit; 1 for the first.</param>
/// <param name="At">When the commit was decided.</param>
/// <param name="Events">At least one; stored atomically.</param>
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
    /// <summary>What this commit changes in the lists over all guests.</summary>
    public ListChanges Lists { get; init; } = ListChanges.None;

    /// <summary>Where the commit stands among the guest's events.</summary>
    public CommitPosition Position { get; init; }

    /// <summary>See <see cref="CommitPosition.LateChanges"/>.</summary>
    public IReadOnlyList<long> LateChanges { get; init; } = [];

    /// <summary>
    /// The commits that the guest's head keeps, in the journal's own form; empty without any. Whoever appends passes what
    /// <see cref="IJournal.LoadAsync"/> or the last append returned.
    /// </summary>
    public byte[] Kept { get; init; } = [];
}

/// <summary>One commit read back.</summary>
public sealed record JournalCommit(long Version, DateTimeOffset At, IReadOnlyList<SessionEvent> Events);

/// <summary>What the journal holds of a guest; neither snapshot nor commits for an unknown guest.</summary>
public sealed record StoredSession(SessionSnapshot? Snapshot, IReadOnlyList<JournalCommit> Commits)
{
    /// <summary>See <see cref="JournalEntry.Kept"/>.</summary>
    public byte[] Kept { get; init; } = [];

    /// <summary>The version at which the guest was erased; 0 if it never was. Nothing at or below it exists.</summary>
    public long Floor { get; init; }

    /// <summary>Whether the guest is erased. Then there are neither snapshot nor commits.</summary>
    public bool IsErased { get; init; }
}
