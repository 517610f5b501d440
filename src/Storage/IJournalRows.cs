using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage;

/// <summary>
/// The rows of the journal, as bytes: a store knows neither events nor JSON. One writer at a time writes. Reads may happen
/// at any time and see only committed rows.
/// </summary>
public interface IJournalRows
{
    /// <summary>
    /// Writes a batch in one transaction, which is on disk when the task completes. A row is fenced, and changes nothing,
    /// unless its guest's head is at the version before it. A fenced row does not affect the rows of other guests; the
    /// later rows of its own guest are fenced with it, because they were decided on top of it. So are rows behind one that
    /// the head keeps: see <see cref="JournalRow.MayFollow"/>.
    /// </summary>
    /// <param name="rows">At least one, sorted by guest; the rows of one guest in the order of their arrival.</param>
    /// <param name="commit">Stored with every row, so that <see cref="ReadBackAsync"/> can recognise this batch.</param>
    /// <returns>One result for each row, in their order.</returns>
    /// <exception cref="Exception">After any exception, the outcome is unknown.</exception>
    Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit);

    /// <summary>
    /// After a failed <see cref="WriteAsync"/>: tells which of its rows are on disk under this commit id. Once this has
    /// returned, that write can no longer take effect.
    /// </summary>
    Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit);

    /// <summary>Reads the head, the snapshot and the rows after it, all at one moment.</summary>
    Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation);

    /// <summary>Reads up to <paramref name="limit"/> rows above <paramref name="afterVersion"/>, in order.</summary>
    Task<StoredPage> ReadAsync(GuestKey guest, long afterVersion, int limit, CancellationToken cancellation);

    /// <summary>
    /// Finds the rows about events by their positions, all at one moment. Rows without a position are never left out: a
    /// span includes those between two rows that have one.
    /// </summary>
    /// <param name="first">The lowest sequence of the events.</param>
    /// <param name="last">The highest.</param>
    Task<StoredTrace> TraceAsync(GuestKey guest, long first, long last, CancellationToken cancellation);

    /// <summary>Finds the newest row below a version whose payload contains some bytes; null when there is none.</summary>
    Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation);

    /// <summary>Replaces, in one transaction, the snapshot of each guest if the new one is newer.</summary>
    /// <param name="rows">At least one, sorted by guest; one for each guest.</param>
    Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows);

    /// <summary>Replaces the payloads of commits in one transaction. Commits that are gone are left out.</summary>
    Task RewriteAsync(GuestKey guest, IReadOnlyList<StoredRow> rows, CancellationToken cancellation);

    /// <inheritdoc cref="IJournal.ReadPendingAsync"/>
    Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation);

    /// <inheritdoc cref="IJournal.TidyPendingAsync"/>
    Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Reads the names of the guests that are indexed under a hashed term, in ordinal order.</summary>
    Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation);

    /// <inheritdoc cref="IJournal.ReadUncoveredAsync"/>
    Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation);

    /// <inheritdoc cref="IJournal.DeleteExpiredAsync"/>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation);
}
