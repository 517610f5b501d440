using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// The embedded store: one file, one process, one writing thread. See https://sqlite.org/wal.html for what
/// WAL mode with <c>synchronous=FULL</c> promises.
/// </summary>
public sealed partial class SqliteJournalStore : IJournalStore, IProbedStore, ITenantRows
{
    private const int ReadThreads = 2;
    private const int WaitingJobs = 10_000;

    private readonly SqliteFile _file;
    private readonly SqliteLane _writes;
    private readonly SqliteLane _reads;

    /// <param name="connectionString"><c>Data Source=file</c>; its folder is made when it is missing.</param>
    public SqliteJournalStore(string connectionString)
        : this(connectionString, SqliteSession.Open)
    {
    }

    internal SqliteJournalStore(string connectionString, Func<string, SqliteSession> connect)
    {
        _file = new SqliteFile(connectionString);
        _writes = new SqliteLane("journal writer", threads: 1, WaitingJobs, Open);
        _reads = new SqliteLane("journal reader", ReadThreads, WaitingJobs, Open);

        SqliteSession Open() => connect(_file.ConnectionString);
    }

    public Task<byte[]> OpenAsync(CancellationToken cancellation)
    {
        _file.Take();
        return _writes.RunAsync(SqliteSchema.Ensure, cancellation);
    }

    public Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        _writes.RunAsync(session => SqliteBatch.Write(session, rows, commit), CancellationToken.None);

    // In the writer's lane: its connection was dropped by the failure, and with it whatever was not
    // committed.
    public Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        _writes.RunAsync(session => SqliteBatch.ReadBack(session, rows, commit), CancellationToken.None);

    public Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation) =>
        ReadAsync(
            session =>
            {
                var (head, covered) = ReadHead(session, guest);
                var snapshot = session.Statement(SqlScript.ReadSnapshot).With("$guest", guest.Hash)
                    .Read(SqliteRows.Snapshot).SingleOrDefault();
                return new StoredGuest(head, snapshot, ReadCommits(session, guest, covered, limit: -1));
            },
            cancellation);

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation) =>
        ReadAsync(
            session =>
            {
                var (head, covered) = ReadHead(session, guest);
                return new StoredPage(head, covered, ReadCommits(session, guest, afterVersion, limit));
            },
            cancellation);

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) =>
        ReadAsync(
            session => SqliteTrace.Read(session, guest, ReadHead(session, guest).Head, first, last), cancellation);

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) =>
        _reads.RunAsync(
            session => session.Statement(SqlScript.FindRow)
                .With("$guest", guest.Hash).With("$before", beforeVersion).With("$bytes", bytes)
                .Read(SqliteRows.Commit).SingleOrDefault(),
            cancellation);

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows) =>
        _writes.RunAsync(session => SqliteBatch.Write(session, rows), CancellationToken.None);

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<GuestKey>>(
            session => session.Statement(SqlScript.ReadPending)
                .WithAfter(after).With("$limit", limit).Read(SqliteRows.Guest),
            cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<string>>(
            session => session.Statement(SqlScript.FindNames)
                .With("$hash", term).With("$after", after ?? "").With("$limit", limit)
                .Read(row => row.Text(0)),
            cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<GuestKey>>(
            session => session.Statement(SqlScript.ReadUncovered)
                .With("$before", before.UtcTicks).WithAfter(after).With("$limit", limit)
                .Read(SqliteRows.Guest),
            cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        _writes.RunAsync(
            session =>
            {
                var deleted = session.Statement(SqlScript.DeleteExpired)
                    .With("$before", before.UtcTicks).With("$limit", limit).Execute();
                session.Statement(SqlScript.DeleteRevisits).With("$before", before.UtcTicks).Execute();
                return deleted;
            },
            cancellation);

    public Task<byte[]?> ReadTenantAsync(string tenant, CancellationToken cancellation) =>
        _reads.RunAsync(
            session => session.Statement(SqlScript.ReadTenant).With("$name", tenant)
                .Read(row => row.Blob(0)).SingleOrDefault(),
            cancellation);

    public Task SaveTenantAsync(string tenant, byte[] payload, CancellationToken cancellation) =>
        _writes.RunAsync(
            session => session.Statement(SqlScript.SaveTenant)
                .With("$name", tenant).With("$payload", payload).Execute(),
            cancellation);

    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims) =>
        _writes.RunAsync(session => SqliteOwners.Claim(session, claims), CancellationToken.None);

    public Task<OwnerRow?> ReadOwnerAsync(UInt128 browser, CancellationToken cancellation) =>
        _reads.RunAsync(session => SqliteOwners.Read(session, browser), cancellation);

    public Task ProbeAsync() => _writes.RunAsync(
        static session =>
        {
            session.Execute("BEGIN IMMEDIATE");
            session.Execute("ROLLBACK");
            return true;
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
        _file.Dispose();
    }

    /// <summary>Reads in one transaction, so that several statements see the same moment.</summary>
    private Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation) =>
        _reads.RunAsync(session => session.InTransaction(() => read(session), write: false), cancellation);

    private static (long Head, long Covered) ReadHead(SqliteSession session, GuestKey guest) =>
        session.Statement(SqlScript.ReadHead).With("$guest", guest.Hash)
            .Read(row => (row.Int64(0), row.Int64(1))).Single();

    private static List<StoredRow> ReadCommits(
        SqliteSession session, GuestKey guest, long after, int limit) =>
        session.Statement(SqlScript.ReadCommits)
            .With("$guest", guest.Hash).With("$after", after).With("$limit", limit)
            .Read(SqliteRows.Commit);
}
