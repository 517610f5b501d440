using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage;

/// <summary>
/// Where journal rows live, as bytes: what <see cref="Journal"/> needs of a database. It knows neither events
/// nor JSON. Writes come from one writer at a time; reads come at any time and see only what is committed.
/// </summary>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>Makes the store ready, creating it if it is new; called once, before anything else.</summary>
    /// <returns>The store's secret for <see cref="GuestKeyring"/>, made once and kept.</returns>
    /// <exception cref="InvalidOperationException">
    /// The store is in use by another process, or was written by a newer version.
    /// </exception>
    Task<byte[]> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Writes a batch in one transaction that is on disk when the task completes. A row is fenced, and leaves
    /// no trace, unless its guest's head stands at the version before it; the rows after it are not affected,
    /// except those of the same guest, which are fenced with it: they were decided on top of it.
    /// </summary>
    /// <param name="rows">
    /// At least one, sorted by guest; the rows of one guest in the order they came.
    /// </param>
    /// <param name="commit">
    /// Stored with every row, so that <see cref="ReadBackAsync"/> can recognise this batch.
    /// </param>
    /// <returns>One result for each row, in their order.</returns>
    /// <exception cref="Exception">Whatever it is, the outcome is unknown.</exception>
    Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit);

    /// <summary>
    /// After a failed <see cref="WriteAsync"/>: which of its rows are on disk under this commit id. When it
    /// answers, that write can no longer take effect later.
    /// </summary>
    Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit);

    /// <summary>The head, the snapshot and the commits after it, all as of one moment.</summary>
    Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="limit"/> commits above <paramref name="afterVersion"/>, in order.
    /// </summary>
    Task<StoredPage> ReadAsync(GuestKey guest, long afterVersion, int limit, CancellationToken cancellation);

    /// <summary>
    /// Finds the rows about events by their marks, all as of one moment. Rows without a mark are never left out: where one
    /// lies between two marks, a span reaches over it.
    /// </summary>
    /// <param name="first">The lowest sequence of the events.</param>
    /// <param name="last">The highest.</param>
    Task<StoredTrace> TraceAsync(GuestKey guest, long first, long last, CancellationToken cancellation);

    /// <summary>The newest row below a version whose payload contains some bytes; null when there is none.</summary>
    Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation);

    /// <summary>In one transaction, replaces the snapshot of each guest if the new one is newer.</summary>
    /// <param name="rows">At least one, sorted by guest; one of each guest.</param>
    Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows);

    /// <inheritdoc cref="IJournal.ReadPendingAsync"/>
    Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation);

    /// <summary>The names of the guests indexed under a hashed term, in ordinal order.</summary>
    Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation);

    /// <inheritdoc cref="IJournal.ReadUncoveredAsync"/>
    Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation);

    /// <inheritdoc cref="IJournal.DeleteExpiredAsync"/>
    Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>
    /// Makes claims in one transaction that is on disk when the task completes. A claim takes effect only where the
    /// row stands at the generation it names; then the row's owner becomes its previous one, unless it claims anew.
    /// </summary>
    /// <param name="claims">At least one, in key order of <see cref="OwnerClaim.Browser"/>.</param>
    /// <returns>For each claim, the row as it stands after all of them.</returns>
    /// <exception cref="Exception">Whatever it is, the outcome is unknown.</exception>
    Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims);

    /// <summary>The owner of a browser id by its hash; null while nobody claimed it.</summary>
    Task<OwnerRow?> ReadOwnerAsync(UInt128 browser, CancellationToken cancellation);
}
