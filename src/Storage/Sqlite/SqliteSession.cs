using GuestSessions.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>An open connection with its prepared statements, used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<SqlStatement, SqliteStatement> _statements = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    public static SqliteSession Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            // Some file systems do not support the log's shared index. Without it, readers would block the writer.
            if (session.Scalar("PRAGMA journal_mode = WAL") is not "wal")
                throw new InvalidOperationException("SQLite cannot use WAL mode on the file system of the data file.");
            session.Execute(SqliteSql.Connection["settings"].Text);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement. It is prepared on first use.</summary>
    public SqliteStatement Statement(SqlStatement statement)
    {
        if (!_statements.TryGetValue(statement, out var prepared))
            _statements.Add(statement, prepared = new SqliteStatement(_connection.Handle!, statement));
        return prepared;
    }

    /// <summary>
    /// Runs the work in one transaction. It does not roll back after a failure: the worker drops the session, which rolls
    /// back in any state of the connection.
    /// </summary>
    public T InTransaction<T>(Func<T> work, bool write)
    {
        Execute(write ? "BEGIN IMMEDIATE" : "BEGIN");
        var result = work();
        Execute("COMMIT");
        return result;
    }

    /// <summary>Copies the log into the file and empties it, as https://sqlite.org/pragma.html#pragma_wal_checkpoint says.</summary>
    /// <returns>Whether a reader prevented that, and the number of frames in the log.</returns>
    public (bool IsBusy, long Frames) EmptyLog()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetInt64(0) != 0, row.GetInt64(1));
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }
}
