using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteJournal(SqliteConnections connections) : IJournalRows
{
    public Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        connections.WriteTogetherAsync(session => SqliteBatch.Write(session, rows, commit), CancellationToken.None);

    // Runs on the writer: the failure dropped its connection, and with it everything uncommitted.
    public Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        connections.WriteAsync(session => SqliteBatch.ReadBack(session, rows, commit), CancellationToken.None);

    public Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation) => connections.ReadTogetherAsync(
        session =>
        {
            var (head, covered, floor, isErased) = ReadHead(session, guest);
            var snapshot = session.Statement(SqliteSql.Journal["snapshot"]).With("guest", guest.Hash).With("floor", floor)
                .Read(SqliteRows.Snapshot).SingleOrDefault();
            return new StoredGuest(head, snapshot, ReadCommits(session, guest, covered, limit: -1))
            {
                Floor = floor,
                IsErased = isErased,
            };
        },
        cancellation);

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation) => connections.ReadTogetherAsync(
        session =>
        {
            var (head, covered, _, _) = ReadHead(session, guest);
            return new StoredPage(head, covered, ReadCommits(session, guest, afterVersion, limit));
        },
        cancellation);

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) => connections.ReadTogetherAsync(
        session => SqliteTrace.Read(session, guest, ReadHead(session, guest).Head, first, last), cancellation);

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) => connections.ReadAsync(
        session => session.Statement(SqliteSql.Journal["find-row"])
            .With("guest", guest.Hash).With("before", beforeVersion).With("bytes", bytes)
            .Read(SqliteRows.Commit).SingleOrDefault(),
        cancellation);

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows) =>
        connections.WriteTogetherAsync(session => SqliteBatch.Write(session, rows), CancellationToken.None);

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<StoredRow> rows, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(
            session => rows.Sum(row => session.Statement(SqliteSql.Journal["rewrite-commit"])
                .With("guest", guest.Hash).With("version", row.Version)
                .With("format", row.Format).With("payload", row.Payload)
                .Execute()),
            cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<GuestKey>>(
            session => session.Statement(SqliteSql.Journal["pending"])
                .WithAfter(after).With("limit", limit).Read(SqliteRows.Guest),
            cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<string>>(
            session => session.Statement(SqliteSql.Journal["find-names"])
                .With("hash", term).With("after", after ?? "").With("limit", limit)
                .Read(static row => row.Text(0)),
            cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<GuestKey>>(
            session => session.Statement(SqliteSql.Retention["uncovered"])
                .With("before", before.UtcTicks).WithAfter(after).With("limit", limit)
                .Read(SqliteRows.Guest),
            cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        connections.WriteAsync(
            session =>
            {
                var deleted = session.Statement(SqliteSql.Retention["delete-expired"])
                    .With("before", before.UtcTicks).With("limit", limit).Execute();
                session.Statement(SqliteSql.Retention["delete-late-changes"]).With("before", before.UtcTicks).Execute();
                return deleted;
            },
            cancellation);

    private static (long Head, long Covered, long Floor, bool IsErased) ReadHead(SqliteSession session, GuestKey guest) =>
        session.Statement(SqliteSql.Journal["head"]).With("guest", guest.Hash)
            .Read(static row => (row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3) == 1)).Single();

    private static List<StoredRow> ReadCommits(SqliteSession session, GuestKey guest, long after, int limit) =>
        session.Statement(SqliteSql.Journal["commits"])
            .With("guest", guest.Hash).With("after", after).With("limit", limit)
            .Read(SqliteRows.Commit);
}
