using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The server process behind a connection. Its number may be given again to another one; with the time it
/// started at it is unmistakable.
/// </summary>
internal sealed record PostgresBackend(int Process, DateTime Started)
{
    public static async Task<PostgresBackend> OfAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(PostgresScript.Backend, connection);
        var found = await command.ReadAsync(row => new PostgresBackend(row.GetInt32(0), row.GetDateTime(1)));
        return found.Single();
    }

    /// <summary>Ends the process and waits until it is gone; well if it is gone already.</summary>
    /// <param name="connection">Another connection of the same role.</param>
    /// <param name="patience">In milliseconds.</param>
    /// <exception cref="JournalUnavailableException">It did not end within that time.</exception>
    public async Task EndAsync(NpgsqlConnection connection, long patience)
    {
        await using var command = new NpgsqlCommand(PostgresScript.EndBackend, connection)
            .With(Process).With(Started).With(patience);
        var ended = await command.ReadAsync(row => row.GetBoolean(0));
        if (ended.Contains(false))
            throw new JournalUnavailableException("The server process of a lost connection does not end.");
    }
}
