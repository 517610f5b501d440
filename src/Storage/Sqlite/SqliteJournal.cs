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
            var head = ReadHead(session, guest);
            var snapshot = session.Statement(SqliteSql.Journal["snapshot"]).With("guest", guest.Hash).With("floor", head.Floor)
                .Read(SqliteRows.Snapshot).SingleOrDefault();
            return new StoredGuest(
                head.Version, head.Kept, snapshot, ReadCommits(session, guest, head.Covered, limit: -1))
            {
                Floor = head.Floor,
                IsErased = head.IsErased,
            };
        },
        cancellation);

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation) => connections.ReadTogetherAsync(
        session =>
        {
            var head = ReadHead(session, guest);
            return new StoredPage(
                head.Version, head.Covered, head.Kept, ReadCommits(session, guest, afterVersion, limit));
        },
        cancellation);

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) => connections.ReadTogetherAsync(
        session => SqliteTrace.Read(session, guest, ReadHead(session, guest).Version, first, last), cancellation);

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

    /// <summary>Nothing to do: the index follows each commit, which costs little in one file.</summary>
    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation) => Task.CompletedTask;

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
                if (deleted > 0 && deleted < limit)
                    session.Statement(SqliteSql.Retention["clear-kept"]).With("before", before.UtcTicks).Execute();
                session.Statement(SqliteSql.Retention["delete-late-changes"]).With("before", before.UtcTicks).Execute();
                return deleted;
            },
            cancellation);

    private static (long Version, long Covered, StoredKept Kept, long Floor, bool IsErased) ReadHead(
        SqliteSession session, GuestKey guest) =>
        session.Statement(SqliteSql.Journal["head"]).With("guest", guest.Hash)
            .Read(static row => (
                row.Int64(0), row.Int64(1), new StoredKept((int)row.Int64(2), row.Blob(3)), row.Int64(4), row.Int64(5) == 1))
            .Single();

    private static List<StoredRow> ReadCommits(SqliteSession session, GuestKey guest, long after, int limit) =>
        session.Statement(SqliteSql.Journal["commits"])
            .With("guest", guest.Hash).With("after", after).With("limit", limit)
            .Read(SqliteRows.Commit);
}
