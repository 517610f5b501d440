using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Sql;
using GuestSessions.Storage.Tenants;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The store for several silos: one connection writes and a pool of connections reads, always on the primary. An
/// acknowledged commit is on the primary's disk; only a synchronous standby keeps it when that disk is lost.
/// </summary>
public sealed class PostgresStore : IStore
{
    private const int OldestServer = 150_000;

    private readonly PostgresSettings _settings;
    private readonly PostgresSource _source;
    private readonly PostgresQueries _queries;
    private readonly PostgresSchema _schema;
    private readonly PostgresPartitions _partitions;
    private readonly PostgresWriter _writer;
    private readonly PostgresProbe _probe;

    /// <exception cref="ArgumentException">The connection string cannot be used.</exception>
    public PostgresStore(PostgresSettings settings)
        : this(settings, Migration.Of(PostgresSql.Store))
    {
    }

    internal PostgresStore(PostgresSettings settings, IReadOnlyList<Migration> migrations)
    {
        _settings = settings;
        _source = new PostgresSource(settings);
        _queries = new PostgresQueries(_source);
        _schema = new PostgresSchema(migrations);
        _partitions = new PostgresPartitions(_source, settings.Retention);
        _writer = new PostgresWriter(_source, _partitions);
        _probe = new PostgresProbe(_source);
        Journal = new PostgresJournal(_queries, _writer, new PostgresRetention(_source, _partitions));
        Events = new PostgresEvents(_queries);
        Owners = new PostgresOwners(_source, _queries);
        // Slow lists leave half of the connections to guests that are loaded.
        Lists = new PostgresLists(new PostgresQueries(_source, Math.Max(1, settings.PoolSize / 2)));
        Operations = new PostgresOperations(_queries);
        Rejections = new PostgresRejections(_queries);
        ExtTypes = new PostgresExtTypes(_queries);
        Tenants = new PostgresTenants(_queries);
        Erasures = new PostgresErasures(_queries, new PostgresVacuum(_source));
        Files = new PostgresFiles(_queries);
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
    public IStoreProbe Probe => _probe;

    public Task<byte[]> OpenAsync(CancellationToken cancellation) => _queries.RunAsync(async () =>
    {
        await using var connection = await _source.UpkeepAsync(cancellation);
        await CheckServerAsync(connection, cancellation);
        if (_settings.MigrateAtStart)
            await _schema.MigrateAsync(connection, cancellation);
        await _schema.CheckAsync(connection, cancellation);
        await _partitions.EnsureAsync(cancellation);
        await using var command = new PostgresCommand(PostgresSql.Schema["secret"], connection);
        return (byte[])(await command.ScalarAsync(cancellation))!;
    });

    public async Task<DateTimeOffset?> ReadRestoreAsync(CancellationToken cancellation) => (await _queries.ReadAsync(
        PostgresSql.Schema["restore-moment"], static command => command, static row => Stored.MomentOf(row.GetInt64(0)),
        cancellation)).Single();

    public Task MarkRestoreAsync(DateTimeOffset at, CancellationToken cancellation) => _queries.ExecuteAsync(
        PostgresSql.Schema["mark-restore"], command => command.With("at", at.UtcTicks), cancellation);

    /// <summary>Creates the tables, or migrates those of an older version.</summary>
    /// <exception cref="InvalidOperationException">The database needs a newer version of the service.</exception>
    public Task MigrateAsync(CancellationToken cancellation) => _queries.RunAsync(async () =>
    {
        await using var connection = await _source.UpkeepAsync(cancellation);
        await CheckServerAsync(connection, cancellation);
        await _schema.MigrateAsync(connection, cancellation);
        await _partitions.EnsureAsync(cancellation);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        await _writer.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new PostgresCommand(PostgresSql.Connection["server"], connection);
        var (version, syncs, isStandby) = (await command.ReadAsync(
            static row => (row.GetInt32(0), row.GetBoolean(1), row.GetBoolean(2)), cancellation)).Single();
        if (version < OldestServer)
            throw new InvalidOperationException("PostgreSQL is older than version 15.");
        if (!syncs)
            throw new InvalidOperationException(
                "PostgreSQL runs with fsync=off: commits that it acknowledges may not be on disk.");
        if (isStandby)
            throw new InvalidOperationException("This PostgreSQL server is a standby: connect to the primary.");
    }
}
