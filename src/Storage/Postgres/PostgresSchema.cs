using GuestSessions.Storage.Sql;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The tables and their version. A binary works on its own version of the schema, and on every later one whose minimum
/// reader is not above its own version. So silos of two versions can run side by side while one replaces the other.
/// </summary>
internal sealed class PostgresSchema(IReadOnlyList<Migration> migrations)
{
    /// <summary>
    /// The advisory lock under which tables are created and dropped. The number is arbitrary, but must never change.
    /// </summary>
    private const long LockNumber = 0x67756573_74730001;

    private int Known => migrations[^1].Version;

    /// <summary>Migrates an older schema to this version; leaves a newer one as it is.</summary>
    /// <exception cref="InvalidOperationException">The schema needs a newer version of the service.</exception>
    public async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Migrating a large table may take long, and so may the wait for another silo that migrates it.
        await ExecuteAsync(connection, "SET LOCAL statement_timeout = 0", cancellation);
        await LockAsync(connection, cancellation);
        await ExecuteAsync(connection, PostgresSql.Schema["create-versions"].Text, cancellation);
        var (version, minimumReader) = await ReadAsync(connection, cancellation);
        Refuse(minimumReader);
        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            await ExecuteAsync(connection, migration.Sql, cancellation);
            await using var entry = new PostgresCommand(PostgresSql.Schema["add-version"], connection)
                .With("version", migration.Version).With("minimum_reader", migration.MinimumReader);
            await entry.ExecuteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Checks that this binary can work on the current schema.</summary>
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
            // The database has not been migrated yet.
        }

        if (version < Known)
            throw new InvalidOperationException(
                $"The database has schema version {version}, and this service needs {Known}: "
                + "run \"migrate\", or set Sessions:Storage:MigrateAtStart.");
    }

    /// <summary>Takes the lock for the rest of the transaction.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new PostgresCommand(PostgresSql.Schema["lock"], connection).With("lock", LockNumber);
        await command.ExecuteAsync(cancellation);
    }

    private void Refuse(int minimumReader)
    {
        if (minimumReader > Known)
            throw new InvalidOperationException(
                $"The database needs a version of the service that knows schema version {minimumReader}; "
                + $"this one knows {Known}.");
    }

    private static async Task<(int Version, int MinimumReader)> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new PostgresCommand(PostgresSql.Schema["version"], connection);
        var found = await command.ReadAsync(static row => (row.GetInt32(0), row.GetInt32(1)), cancellation);
        return found.Single();
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
