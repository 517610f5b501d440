using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The tables and their version. A binary works on every schema from its own version on whose minimum reader
/// it reaches, so that silos of two versions can run side by side while one replaces the other.
/// </summary>
internal sealed class PostgresSchema(IReadOnlyList<PostgresMigration> migrations)
{
    /// <summary>
    /// Of the advisory lock under which tables are made and dropped; any number, always this one.
    /// </summary>
    private const long Lock = 0x67756573_74730001;

    private int Known => migrations[^1].Version;

    /// <summary>Brings an older schema up to this version; leaves a newer one alone.</summary>
    /// <exception cref="InvalidOperationException">A newer version needs newer binaries.</exception>
    public async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // A large table may take its time, and so may another silo that is at it.
        await ExecuteAsync(connection, "SET LOCAL statement_timeout = 0", cancellation);
        await LockAsync(connection, cancellation);
        await ExecuteAsync(connection, EmbeddedSql.Read("postgres/CreateSchemaVersion"), cancellation);
        var (version, minimumReader) = await ReadAsync(connection, cancellation);
        Refuse(minimumReader);
        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            await ExecuteAsync(connection, migration.Sql, cancellation);
            await using var entry = new NpgsqlCommand(PostgresScript.AddVersion, connection)
                .With(migration.Version).With(migration.MinimumReader);
            await entry.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Sees that this binary can work on the schema as it is.</summary>
    /// <exception cref="InvalidOperationException">The schema is too old, or too new.</exception>
    public async Task CheckAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var version = 0;
        try
        {
            (version, var minimumReader) = await ReadAsync(connection, cancellation);
            Refuse(minimumReader);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Nobody has migrated it yet.
        }

        if (version < Known)
            throw new InvalidOperationException(
                $"The database has schema version {version}, and this service needs {Known}: "
                + "run \"migrate\", or set Sessions:Storage:MigrateAtStart.");
    }

    /// <summary>Takes the lock for the rest of the transaction.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection).With(Lock);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private void Refuse(int minimumReader)
    {
        if (minimumReader > Known)
            throw new InvalidOperationException(
                $"The database needs a service that knows schema version {minimumReader}; "
                + $"this one knows {Known}.");
    }

    private static async Task<(int Version, int MinimumReader)> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(PostgresScript.SchemaVersion, connection);
        var found = await command.ReadAsync(row => (row.GetInt32(0), row.GetInt32(1)), cancellation);
        return found.Single();
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
