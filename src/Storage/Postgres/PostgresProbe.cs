using GuestSessions.Storage.Health;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Asks the server whether it would take a write. It uses a connection of its own, so that it never waits behind a read.
/// Never called concurrently.
/// </summary>
internal sealed class PostgresProbe(PostgresSource source) : IStoreProbe, IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <exception cref="NpgsqlException">The server does not answer.</exception>
    /// <exception cref="InvalidOperationException">The server takes no writes.</exception>
    public async Task ProbeAsync()
    {
        try
        {
            _connection ??= await source.FreshAsync();
            await using var command = new PostgresCommand(PostgresSql.Connection["takes-writes"], _connection);
            if (await command.ScalarAsync() is not true)
                throw new InvalidOperationException("PostgreSQL is a standby or read-only: it takes no writes.");
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }
}
