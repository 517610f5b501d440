using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Writes batches on one connection, which is given up with every failure, and finds out what became of a
/// batch whose answer was lost. Used by one caller at a time.
/// </summary>
internal sealed class PostgresWriter(PostgresSource source, PostgresPartitions partitions) : IAsyncDisposable
{
    /// <summary>Tries of one guest's rows alone against deadlocks, before it is given up.</summary>
    private const int Tries = 3;

    /// <summary>How long a server process may take to end, in milliseconds.</summary>
    private const long EndTime = 3_000;

    private NpgsqlConnection? _connection;
    private PostgresBackend? _backend;

    public async Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        try
        {
            return await WriteAsync(new PostgresBatch(rows), commit, Tries);
        }
        catch
        {
            await DropAsync();
            throw;
        }
    }

    /// <summary>
    /// A write that fails on the way back may still be at work in the server, or not even have begun. So its
    /// server process is ended first, whatever it does; then there is nothing left that could write, and what
    /// is on disk is the answer.
    /// </summary>
    public async Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        await DropAsync();
        await using var connection = await source.FreshAsync();
        if (_backend is { } backend)
            await backend.EndAsync(connection, EndTime);
        _backend = null;

        await using var transaction = await connection.BeginTransactionAsync();
        var batch = new PostgresBatch(rows);
        await using (var locks = new NpgsqlCommand(PostgresScript.LockHeads, connection))
            await locks.With(batch.Guests).ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(PostgresScript.ReadBack, connection)
            .With(batch.Guests).With(rows.Select(row => row.Version).ToArray()).With(commit);
        var written = await command.ReadAsync(row => row.GetBoolean(0));
        await transaction.CommitAsync();
        return written;
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private async Task<IReadOnlyList<AppendResult>> WriteAsync(PostgresBatch batch, long commit, int tries)
    {
        try
        {
            return await ExecuteAsync(batch, commit);
        }
        catch (PostgresException failure) when (PostgresErrors.IsWithoutPartition(failure) && tries > 0)
        {
            // The upkeep that makes them days ahead did not run for days. A second connection makes the
            // missing one; this one sees it.
            await partitions.EnsureAsync(CancellationToken.None);
            return await WriteAsync(batch, commit, tries: 0);
        }
        catch (PostgresException failure) when (PostgresErrors.IsConflict(failure) && tries > 0)
        {
            if (batch.HasOneGuest)
                return await WriteAsync(batch, commit, tries - 1);
            var (first, second) = batch.Halve();
            return [.. await WriteAsync(first, commit, tries), .. await WriteAsync(second, commit, tries)];
        }
    }

    private async Task<IReadOnlyList<AppendResult>> ExecuteAsync(PostgresBatch batch, long commit)
    {
        await using var command = new NpgsqlCommand(PostgresScript.WriteBatch, await ConnectAsync());
        var through = await batch.Bind(command, commit).ReadAsync(row => row.GetGuid(0));
        return batch.Results([.. through]);
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        if (_connection is { } open)
            return open;
        var connection = await source.FreshAsync();
        try
        {
            await using (var settings = new NpgsqlCommand(PostgresScript.ByKey, connection))
                await settings.ExecuteNonQueryAsync();
            _backend = await PostgresBackend.OfAsync(connection);
            return _connection = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task DropAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
