using GuestSessions.Storage.Sql;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Runs single statements on pooled connections, and translates failures into the journal's exceptions.</summary>
/// <param name="most">Maximum number of statements at the same time; 0 leaves the bound to the pool.</param>
internal sealed class PostgresQueries(PostgresSource source, int most = 0)
{
    private readonly SemaphoreSlim? _turns = most > 0 ? new SemaphoreSlim(most) : null;

    public Task<List<T>> ReadAsync<T>(
        SqlStatement statement, Func<PostgresCommand, PostgresCommand> bind, Func<NpgsqlDataReader, T> row,
        CancellationToken cancellation) => RunAsync(async () =>
    {
        await using var connection = await source.ReadAsync(cancellation);
        await using var command = new PostgresCommand(statement, connection);
        return await bind(command).ReadAsync(row, cancellation);
    });

    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(
        SqlStatement statement, Func<PostgresCommand, PostgresCommand> bind, CancellationToken cancellation) =>
        RunAsync(async () =>
        {
            await using var connection = await source.ReadAsync(cancellation);
            await using var command = new PostgresCommand(statement, connection);
            return await bind(command).ExecuteAsync(cancellation);
        });

    /// <summary>Runs any work. When a failure ends its connection, the pool's idle connections are dropped too.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        if (_turns is not null)
            await _turns.WaitAsync();
        try
        {
            return await work();
        }
        catch (Exception failure)
        {
            if (PostgresErrors.EndsConnections(failure))
                source.DropIdle();
            var translated = PostgresErrors.Translate(failure);
            if (translated == failure)
                throw;
            throw translated;
        }
        finally
        {
            _turns?.Release();
        }
    }
}
