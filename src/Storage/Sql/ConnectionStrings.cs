using Microsoft.Data.Sqlite;
using Npgsql;

namespace GuestSessions.Storage.Sql;

/// <summary>Reads connection strings. For one that cannot be read, the error says what it has to look like.</summary>
internal static class ConnectionStrings
{
    /// <exception cref="InvalidOperationException">It is not one of SQLite's.</exception>
    public static SqliteConnectionStringBuilder Sqlite(string text) =>
        Read(() => new SqliteConnectionStringBuilder(text), "SQLite", "Data Source=data/sessions.db");

    /// <param name="text">The connection string. No error repeats it: it has a password.</param>
    /// <exception cref="InvalidOperationException">It is not one of PostgreSQL's.</exception>
    public static NpgsqlConnectionStringBuilder Postgres(string text) => Read(
        () => new NpgsqlConnectionStringBuilder(text), "PostgreSQL",
        "Host=db;Database=sessions;Username=sessions;Password=…");

    private static T Read<T>(Func<T> read, string store, string example)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new InvalidOperationException(
                $"Sessions:Storage:ConnectionString: expected a connection string of {store}, like {example}.", exception);
        }
    }
}
