using GuestSessions.Storage.Sql;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Runs single statements on pooled connections, and translates failures into those of the journal.</summary>
internal sealed class PostgresQueries(PostgresSource source)
{
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

    /// <summary>Runs work of any kind. When it ends a connection, the idle ones of the pool are dropped too.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
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
    }
}
