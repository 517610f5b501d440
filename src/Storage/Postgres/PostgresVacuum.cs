using GuestSessions.Core.Privacy;
using GuestSessions.Storage.Sql;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Removes dead rows. PostgreSQL can do that only when no transaction is left that could see them, so the vacuum waits for
/// older ones, and says so if one is still there.
/// </summary>
internal sealed class PostgresVacuum(PostgresSource source)
{
    /// <summary>How often it looks for older transactions before it vacuums nevertheless.</summary>
    private const int MostTries = 40;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs a statement that may read whole tables.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(
        SqlStatement statement, Func<PostgresCommand, PostgresCommand> bind, CancellationToken cancellation)
    {
        await using var connection = await source.UpkeepAsync(cancellation);
        await using var command = new PostgresCommand(statement, connection);
        return await bind(command).ExecuteAsync(cancellation);
    }

    public async Task<StorageRemains> RunAsync(CancellationToken cancellation)
    {
        await using var connection = await source.UpkeepAsync(cancellation);
        if (!await IsAsync(connection, PostgresSql.Erasures["may-vacuum"], mark: null, cancellation))
            return Remains(StorageRemains.Permission);
        await using var marking = new PostgresCommand(PostgresSql.Erasures["mark"], connection);
        var mark = (string)(await marking.ScalarAsync(cancellation))!;
        var isHeldBack = true;
        for (var tries = 0; isHeldBack && tries < MostTries; tries++)
        {
            if (tries > 0)
                await Task.Delay(BetweenTries, TimeProvider.System, cancellation);
            isHeldBack = await IsAsync(connection, PostgresSql.Erasures["is-held-back"], mark, cancellation);
        }

        try
        {
            await using var vacuum = new PostgresCommand(PostgresSql.Erasures["vacuum"], connection);
            await vacuum.ExecuteAsync(cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.QueryCanceled)
        {
            // The time-out of upkeep. The certificate says that the tables are not vacuumed; autovacuum does it later.
            return Remains(StorageRemains.Interrupted);
        }

        return Remains(isHeldBack ? StorageRemains.Transaction : null);
    }

    private static StorageRemains Remains(string? heldBackBy) => new("postgres", heldBackBy is null, heldBackBy);

    private static async Task<bool> IsAsync(
        NpgsqlConnection connection, SqlStatement statement, string? mark, CancellationToken cancellation)
    {
        await using var command = new PostgresCommand(statement, connection);
        return (bool)(await (mark is null ? command : command.With("mark", mark)).ScalarAsync(cancellation))!;
    }
}
