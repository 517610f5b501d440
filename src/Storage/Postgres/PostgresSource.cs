using System.Globalization;
using GuestSessions.Storage.Sql;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Opens connections with the settings that durability requires, and keeps a pool of them for reads.</summary>
internal sealed class PostgresSource : IAsyncDisposable
{
    /// <summary>
    /// The client's time-out is this much longer than the server's: when it expires, the connection counts as lost.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>The time-out of upkeep, which may read a whole day of history.</summary>
    private static readonly TimeSpan UpkeepTimeout = TimeSpan.FromMinutes(10);

    private const int ConnectSeconds = 5;

    /// <summary>
    /// No request to cancel is sent. The server's own time-out ends a statement. A commit that waits for a standby must not be
    /// ended: the server would answer that it succeeded.
    /// </summary>
    private const int NoCancellation = -1;

    private readonly PostgresTimeline _timeline = new();
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _single;
    private readonly NpgsqlDataSource _upkeep;

    /// <exception cref="ArgumentException">The connection string cannot be used.</exception>
    public PostgresSource(PostgresSettings settings)
    {
        _pool = Build("read", settings, pooling: true, settings.StatementTimeout, isByKey: true);
        _single = Build("write", settings, pooling: false, settings.StatementTimeout, isByKey: true);
        _upkeep = Build("upkeep", settings, pooling: false, UpkeepTimeout, isByKey: false);
    }

    /// <summary>Takes a connection for reading out of the pool.</summary>
    public ValueTask<NpgsqlConnection> ReadAsync(CancellationToken cancellation) =>
        _pool.OpenConnectionAsync(cancellation);

    /// <summary>Opens a new connection outside the pool.</summary>
    public ValueTask<NpgsqlConnection> FreshAsync(CancellationToken cancellation = default) =>
        _single.OpenConnectionAsync(cancellation);

    /// <summary>Opens a new connection whose statements may take long.</summary>
    public ValueTask<NpgsqlConnection> UpkeepAsync(CancellationToken cancellation) =>
        _upkeep.OpenConnectionAsync(cancellation);

    /// <summary>
    /// Drops the idle connections: a restart of the server ends all of them.
    /// </summary>
    public void DropIdle() => _pool.Clear();

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _single.DisposeAsync();
        await _upkeep.DisposeAsync();
    }

    /// <param name="name">Its name in metrics, which would otherwise be the connection string.</param>
    /// <param name="isByKey">Whether its statements use an index wherever there is one.</param>
    private NpgsqlDataSource Build(string name, PostgresSettings settings, bool pooling, TimeSpan timeout, bool isByKey)
    {
        var connection = ConnectionStrings.Postgres(settings.ConnectionString);
        connection.Pooling = pooling;
        connection.MaxPoolSize = settings.PoolSize;
        // A connection keeps its settings and prepared statements for its lifetime. It keeps nothing else that would
        // need a reset.
        connection.NoResetOnClose = true;
        connection.MaxAutoPrepare = 32;
        connection.AutoPrepareMinUsages = 2;
        connection.Timeout = ConnectSeconds;
        connection.CommandTimeout = (int)Math.Ceiling((timeout + Grace).TotalSeconds);
        connection.CancellationTimeout = NoCancellation;
        connection.TcpKeepAlive = true;
        connection.ApplicationName ??= "guest-sessions";
        if (string.IsNullOrEmpty(connection.Host))
            throw new InvalidOperationException("Sessions:Storage:ConnectionString: PostgreSQL needs a server: Host=db;Database=sessions;…");

        var builder = new NpgsqlDataSourceBuilder(connection.ToString()) { Name = name };
        builder.UsePhysicalConnectionInitializer(
            opened => throw new NotSupportedException("The store opens its connections asynchronously."),
            opened => PrepareAsync(opened, timeout, isByKey));
        // Of several hosts, connect to the one that takes writes, because a standby may lag behind after a failover.
        return connection.Host.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite)
            : builder.Build();
    }

    private async Task PrepareAsync(NpgsqlConnection connection, TimeSpan timeout, bool isByKey)
    {
        await using (var settings = new PostgresCommand(PostgresSql.Connection["settings"], connection)
            .With("timeout", timeout.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)))
            await settings.ExecuteAsync();
        if (isByKey)
            await FindByKeyAsync(connection);
        if (await _timeline.AdvancesAsync(connection))
            DropIdle();
        await ConfirmAsync(connection);
    }

    /// <summary>Keeps the planner of this connection from reading whole tables where an index can be used.</summary>
    public static async Task FindByKeyAsync(NpgsqlConnection connection)
    {
        await using var settings = new PostgresCommand(PostgresSql.Connection["by-key"], connection);
        await settings.ExecuteAsync();
    }

    /// <summary>
    /// Waits until a synchronous standby has everything that this connection can see. A server that restarted has commits of
    /// its log that nobody acknowledged, and an old primary has nobody who confirms.
    /// </summary>
    private static async Task ConfirmAsync(NpgsqlConnection connection)
    {
        await using var waits = new PostgresCommand(PostgresSql.Connection["waits-for-standby"], connection);
        if (await waits.ScalarAsync() is not true)
            return;
        await using var confirm = new PostgresCommand(PostgresSql.Connection["confirm"], connection);
        await confirm.ScalarAsync();
    }
}
