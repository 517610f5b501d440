using Microsoft.Data.Sqlite;

namespace GuestSessions.Storage.Sqlite;

/// <summary>An open connection with its prepared statements, used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<SqlScript, SqliteStatement> _statements = [];

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    public static SqliteSession Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            // Not every file system can hold the log's shared index; without it readers would block the
            // writer.
            if (session.Scalar("PRAGMA journal_mode = WAL") is not "wal")
                throw new InvalidOperationException("SQLite cannot keep its log beside the data file.");
            session.Execute(SqlScript.Connect.Text);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The script as a statement, prepared on first use.</summary>
    public SqliteStatement Statement(SqlScript script)
    {
        if (!_statements.TryGetValue(script, out var statement))
            _statements.Add(script, statement = new SqliteStatement(_connection.Handle!, script));
        return statement;
    }

    /// <summary>
    /// Runs the work in one transaction. When it fails nothing is rolled back here: its lane drops the
    /// session, which does so whatever state the connection is in.
    /// </summary>
    public T InTransaction<T>(Func<T> work, bool write)
    {
        Execute(write ? "BEGIN IMMEDIATE" : "BEGIN");
        var result = work();
        Execute("COMMIT");
        return result;
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
