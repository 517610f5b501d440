using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Writes batches on one connection, which it drops after every failure, and finds out whether a batch whose answer was
/// lost is on disk. Never called concurrently.
/// </summary>
internal sealed class PostgresWriter(PostgresSource source, PostgresPartitions partitions) : IAsyncDisposable
{
    /// <summary>How many times the rows of one guest are retried after deadlocks.</summary>
    private const int Tries = 3;

    /// <summary>How long a server process may take to end, in milliseconds.</summary>
    private const long EndTime = 3_000;

    private NpgsqlConnection? _connection;
    private PostgresCommand? _write;
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
    /// The server may still be running a write whose answer was lost, or may not have started it yet. So this ends the
    /// server process first, whatever it does. After that, nothing can still write, and the rows on disk are the answer.
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
        await using (var locks = new PostgresCommand(PostgresSql.Journal["lock-heads"], connection))
            await locks.With("guests", batch.Guests).ExecuteAsync();
        await using var command = new PostgresCommand(PostgresSql.Journal["read-back"], connection)
            .With("guests", batch.Guests)
            .With("versions", rows.Select(row => row.Version).ToArray())
            .With("commit", commit);
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
            // The upkeep that creates partitions days ahead has not run for days. A second connection creates the
            // missing one, and this connection sees it.
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
        // It has some fifty parameters: they are used again.
        _write ??= new PostgresCommand(PostgresSql.Journal["write-batch"], await ConnectAsync());
        var passed = await batch.Bind(_write, commit).ReadAsync(static row => row.GetGuid(0), expected: batch.Rows.Count);
        return batch.Results(passed);
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        if (_connection is { } open)
            return open;
        var connection = await source.FreshAsync();
        try
        {
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
        var (write, connection) = (_write, _connection);
        (_write, _connection) = (null, null);
        if (write is not null)
            await write.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
