using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Asks the server over a connection of its own, so that it waits behind no read, whether it would take a write. Used by one
/// caller at a time.
/// </summary>
internal sealed class PostgresProbe(PostgresSource source) : IAsyncDisposable
{
    private const string Question =
        "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'";

    private NpgsqlConnection? _connection;

    /// <exception cref="NpgsqlException">The server does not answer.</exception>
    /// <exception cref="InvalidOperationException">It takes no writes.</exception>
    public async Task AskAsync()
    {
        try
        {
            _connection ??= await source.FreshAsync();
            await using var command = new NpgsqlCommand(Question, _connection);
            if (await command.ExecuteScalarAsync() is not true)
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
