using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The server process behind a connection. The server may reuse the process id, but not together with the start time.
/// </summary>
internal sealed record PostgresBackend(int Process, DateTime Started)
{
    public static async Task<PostgresBackend> OfAsync(NpgsqlConnection connection)
    {
        await using var command = new PostgresCommand(PostgresSql.Connection["backend"], connection);
        var found = await command.ReadAsync(static row => new PostgresBackend(row.GetInt32(0), row.GetDateTime(1)));
        return found.Single();
    }

    /// <summary>Ends the process and waits until it is gone. Does nothing if it is already gone.</summary>
    /// <param name="connection">Another connection of the same role.</param>
    /// <param name="patience">In milliseconds.</param>
    /// <exception cref="JournalUnavailableException">The process did not end within that time.</exception>
    public async Task EndAsync(NpgsqlConnection connection, long patience)
    {
        await using var command = new PostgresCommand(PostgresSql.Connection["end-backend"], connection)
            .With("process", Process).With("started", Started).With("patience", patience);
        var ended = await command.ReadAsync(static row => row.GetBoolean(0));
        if (ended.Contains(false))
            throw new JournalUnavailableException("The server process of a lost connection does not end.");
    }
}
