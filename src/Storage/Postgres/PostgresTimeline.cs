using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// Refuses a primary whose place another server took. A standby that is promoted begins a new timeline; the old primary, when
/// it returns, is still on its own.
/// </summary>
internal sealed class PostgresTimeline
{
    private int _newest;

    /// <summary>Notes the server's timeline.</summary>
    /// <returns>Whether another server was promoted since this process connected for the first time.</returns>
    /// <exception cref="NpgsqlException">The server is an old primary.</exception>
    public async Task<bool> AdvancesAsync(NpgsqlConnection connection)
    {
        var timeline = await OfAsync(connection);
        var newest = Volatile.Read(ref _newest);
        while (timeline > newest)
        {
            var before = Interlocked.CompareExchange(ref _newest, timeline, newest);
            if (before == newest)
                return newest > 0;
            newest = before;
        }

        return timeline is 0 || timeline == newest
            ? false
            : throw new NpgsqlException(
                $"The server {connection.Host}:{connection.Port} is an old primary: another one was promoted in its place. "
                + "Make it a standby of the new one.");
    }

    /// <summary>0 for a standby, and for a service whose log has no files.</summary>
    private static async Task<int> OfAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new PostgresCommand(PostgresSql.Connection["timeline"], connection);
            return (int)(await command.ScalarAsync())!;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.FeatureNotSupported)
        {
            return 0;
        }
    }
}
