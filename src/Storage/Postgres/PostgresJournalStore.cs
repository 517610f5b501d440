using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Tenants;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The store for several silos: one connection writes, a pool of them reads, always from the primary. What has
/// been acknowledged is on the primary's disk; only a synchronous standby keeps it through the loss of that one.
/// </summary>
public sealed partial class PostgresJournalStore : IJournalStore, IProbedStore, ITenantRows
{
    private const int OldestServer = 150_000;

    private readonly PostgresSettings _settings;
    private readonly PostgresSource _source;
    private readonly PostgresSchema _schema;
    private readonly PostgresPartitions _partitions;
    private readonly PostgresWriter _writer;
    private readonly PostgresProbe _probe;

    /// <exception cref="ArgumentException">The connection string cannot be used.</exception>
    public PostgresJournalStore(PostgresSettings settings)
        : this(settings, PostgresMigration.All)
    {
    }

    internal PostgresJournalStore(PostgresSettings settings, IReadOnlyList<PostgresMigration> migrations)
    {
        _settings = settings;
        _source = new PostgresSource(settings);
        _schema = new PostgresSchema(migrations);
        _partitions = new PostgresPartitions(_source, settings.Retention);
        _writer = new PostgresWriter(_source, _partitions);
        _probe = new PostgresProbe(_source);
    }

    public Task<byte[]> OpenAsync(CancellationToken cancellation) => Run(async () =>
    {
        await using var connection = await _source.UpkeepAsync(cancellation);
        await CheckServerAsync(connection, cancellation);
        if (_settings.MigrateAtStart)
            await _schema.MigrateAsync(connection, cancellation);
        await _schema.CheckAsync(connection, cancellation);
        await _partitions.EnsureAsync(cancellation);
        await using var command = new NpgsqlCommand(PostgresScript.ReadSecret, connection);
        return (byte[])(await command.ExecuteScalarAsync(cancellation))!;
    });

    /// <summary>Makes the tables, or brings those of an older version up to this one.</summary>
    /// <exception cref="InvalidOperationException">The database needs newer binaries.</exception>
    public Task MigrateAsync(CancellationToken cancellation) => Run(async () =>
    {
        await using var connection = await _source.UpkeepAsync(cancellation);
        await CheckServerAsync(connection, cancellation);
        await _schema.MigrateAsync(connection, cancellation);
        await _partitions.EnsureAsync(cancellation);
        return true;
    });

    public Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        Run(() => _writer.WriteAsync(rows, commit));

    public Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit) =>
        Run(() => _writer.ReadBackAsync(rows, commit));

    public async Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        var found = await ReadAsync(
            PostgresScript.Load, command => command.With(IdOf(guest)), PostgresRows.Line, cancellation);
        var (first, rows) = PostgresRows.Split(found);
        var snapshot = first.Payload is null
            ? null
            : new StoredSnapshot(first.Version, first.Format, first.Payload);
        return new StoredGuest(first.Head, snapshot, rows);
    }

    public async Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation)
    {
        var found = await ReadAsync(
            PostgresScript.ReadPage,
            command => command.With(IdOf(guest)).With(afterVersion).With(limit),
            PostgresRows.Line,
            cancellation);
        var (first, rows) = PostgresRows.Split(found);
        return new StoredPage(first.Head, first.Version, rows);
    }

    public async Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) =>
        PostgresTrace.Of(await ReadAsync(
            PostgresScript.Trace, command => command.With(IdOf(guest)).With(first).With(last),
            PostgresTrace.Line, cancellation));

    public async Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) =>
        (await ReadAsync(
            PostgresScript.FindRow, command => command.With(IdOf(guest)).With(beforeVersion).With(bytes),
            PostgresRows.Commit, cancellation)).SingleOrDefault();

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows) =>
        ReadAsync(
            PostgresScript.SaveSnapshots,
            command => command
                .With(rows.Select(static row => IdOf(row.Guest)).ToArray())
                .With(rows.Select(static row => row.Snapshot.Version).ToArray())
                .With(rows.Select(static row => row.Snapshot.Format).ToArray())
                .With(rows.Select(static row => row.Snapshot.Payload).ToArray()),
            _ => true,
            CancellationToken.None);

    public async Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        await ReadAsync(
            PostgresScript.ReadPending, command => command.With(IdOf(after)).With(limit),
            PostgresRows.Guest, cancellation);

    public async Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        await ReadAsync(
            PostgresScript.FindNames,
            command => command.With(PostgresHash.ToGuid(term)).With(after ?? "").With(limit),
            row => row.GetString(0),
            cancellation);

    public async Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        await Run(() => PostgresRetention.ReadUncoveredAsync(
            _source, before, IdOf(after), limit, cancellation));

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        Run(async () =>
        {
            await _partitions.EnsureAsync(cancellation);
            return await PostgresRetention.DeleteAsync(_source, before, limit, cancellation);
        });

    public async Task<byte[]?> ReadTenantAsync(string tenant, CancellationToken cancellation) =>
        (await ReadAsync(
            PostgresScript.ReadTenant, command => command.With(tenant), row => row.GetFieldValue<byte[]>(0), cancellation))
        .SingleOrDefault();

    public Task SaveTenantAsync(string tenant, byte[] payload, CancellationToken cancellation) =>
        ReadAsync(
            PostgresScript.SaveTenant, command => command.With(tenant).With(payload), _ => true, cancellation);

    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims) =>
        Run(() => PostgresOwners.ClaimAsync(_source, claims));

    public Task<OwnerRow?> ReadOwnerAsync(UInt128 browser, CancellationToken cancellation) =>
        Run(() => PostgresOwners.ReadAsync(_source, browser, cancellation));

    public Task ProbeAsync() => _probe.AskAsync();

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        await _writer.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(PostgresScript.ReadServer, connection);
        var (version, syncs, isStandby) = (await command.ReadAsync(
            row => (row.GetInt32(0), row.GetBoolean(1), row.GetBoolean(2)), cancellation)).Single();
        if (version < OldestServer)
            throw new InvalidOperationException("PostgreSQL is older than version 15.");
        if (!syncs)
            throw new InvalidOperationException(
                "PostgreSQL runs with fsync=off: what it acknowledges is not on disk.");
        if (isStandby)
            throw new InvalidOperationException("PostgreSQL is a standby here: it answers with the past.");
    }

    private Task<List<T>> ReadAsync<T>(
        string script, Func<NpgsqlCommand, NpgsqlCommand> bind, Func<NpgsqlDataReader, T> row,
        CancellationToken cancellation) => Run(async () =>
    {
        await using var connection = await _source.ReadAsync(cancellation);
        await using var command = new NpgsqlCommand(script, connection);
        return await bind(command).ReadAsync(row, cancellation);
    });

    private async Task<T> Run<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure)
        {
            if (PostgresErrors.EndsConnections(failure))
                _source.Forget();
            var translated = PostgresErrors.Translate(failure);
            if (translated == failure)
                throw;
            throw translated;
        }
    }

    private static Guid IdOf(GuestKey? guest) =>
        guest is { } key ? PostgresHash.ToGuid(key.Hash) : Guid.Empty;
}
