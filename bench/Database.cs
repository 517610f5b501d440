using Npgsql;

namespace GuestSessions.Bench;

/// <summary>A database for one service of a run.</summary>
internal static class Database
{
    /// <param name="server">Connection string of a server's own database.</param>
    /// <returns>Connection string of an empty one beside it, which stays there.</returns>
    public static async Task<string> NewAsync(string server)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create($"{server};Pooling=false");
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }
}
