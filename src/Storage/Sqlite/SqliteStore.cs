using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Space;
using GuestSessions.Storage.Sql;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// The embedded store: one file, one process, one writing thread. See https://sqlite.org/wal.html for what WAL mode with
/// <c>synchronous=FULL</c> promises.
/// </summary>
public sealed class SqliteStore : IStore
{
    /// <summary>The default data file.</summary>
    public const string DefaultConnectionString = "Data Source=data/sessions.db";

    private readonly SqliteFile _file;
    private readonly SqliteConnections _connections;
    private readonly SqliteSchema _schema;

    /// <param name="connectionString"><c>Data Source=file</c>; its folder is created if it is missing.</param>
    public SqliteStore(string connectionString)
        : this(connectionString, SqliteSession.Open)
    {
    }

    /// <summary>Watches the disk that holds the data file.</summary>
    /// <param name="floor">Free bytes below which the disk counts as full.</param>
    public static FreeSpace FreeSpaceAround(string connectionString, long floor, TimeProvider time) =>
        FreeSpace.Around(ConnectionStrings.Sqlite(connectionString).DataSource, floor, time);

    internal SqliteStore(
        string connectionString, Func<string, SqliteSession> connect, IReadOnlyList<Migration>? migrations = null)
    {
        _file = new SqliteFile(connectionString);
        _connections = new SqliteConnections(() => connect(_file.ConnectionString));
        _schema = new SqliteSchema(migrations ?? Migration.Of(SqliteSql.Store));
        Journal = new SqliteJournal(_connections);
        Events = new SqliteEvents(_connections);
        Owners = new SqliteOwners(_connections);
        Lists = new SqliteLists(_connections);
        Operations = new SqliteOperations(_connections);
        Rejections = new SqliteRejections(_connections);
        ExtTypes = new SqliteExtTypes(_connections);
        Tenants = new SqliteTenants(_connections);
        Erasures = new SqliteErasures(_connections);
        Files = new SqliteFiles(_connections);
        Probe = new SqliteProbe(_connections);
    }

    public IJournalRows Journal { get; }
    public IEventRows Events { get; }
    public IOwnerRows Owners { get; }
    public IGuestLists Lists { get; }
    public IOperationRows Operations { get; }
    public IRejectionRows Rejections { get; }
    public IExtTypeStore ExtTypes { get; }
    public ITenantRows Tenants { get; }
    public IErasureStore Erasures { get; }
    public IFileStore Files { get; }
    public IStoreProbe Probe { get; }

    public Task<byte[]> OpenAsync(CancellationToken cancellation)
    {
        _file.Lock();
        return _connections.WriteTogetherAsync(_schema.Ensure, cancellation);
    }

    public Task<DateTimeOffset?> ReadRestoreAsync(CancellationToken cancellation) => _connections.ReadAsync(
        static session => session.Statement(SqliteSql.Connection["restore-moment"])
            .Read(static row => Stored.MomentOf(row.Int64(0))).Single(),
        cancellation);

    public Task MarkRestoreAsync(DateTimeOffset at, CancellationToken cancellation) => _connections.WriteAsync(
        session => session.Statement(SqliteSql.Connection["mark-restore"]).With("at", at.UtcTicks).Execute(), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        _file.Dispose();
    }
}
