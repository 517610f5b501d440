using System.Buffers.Binary;
using GuestSessions.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// A prepared statement on SQLite's own interface. The journal runs two or three of them per row, and an ADO.NET command
/// for each would cost more than the statement itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int HashLength = 16;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly string[] _parameters;

    public SqliteStatement(sqlite3 connection, SqlStatement statement)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, statement.Text, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _parameters = new string[raw.sqlite3_bind_parameter_count(_statement)];
        for (var i = 0; i < _parameters.Length; i++)
            _parameters[i] = raw.sqlite3_bind_parameter_name(_statement, i + 1).utf8_to_string().TrimStart('@');
    }

    public SqliteStatement With(string name, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, IndexOf(name), value));
        return this;
    }

    public SqliteStatement With(string name, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, IndexOf(name), value));
        return this;
    }

    public SqliteStatement With(string name, ReadOnlySpan<byte> value)
    {
        // SQLite reads an empty span as NULL.
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, IndexOf(name), 0)
            : raw.sqlite3_bind_blob(_statement, IndexOf(name), value));
        return this;
    }

    /// <summary>Binds a hash big-endian, the order in which stores sort hashes.</summary>
    public SqliteStatement With(string name, UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[HashLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return With(name, bytes);
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        try
        {
            return Step() ? throw new InvalidOperationException("The statement returns rows.")
                : raw.sqlite3_changes(_connection);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs a query and reads every row; the columns are read through this statement.</summary>
    public List<T> Read<T>(Func<SqliteStatement, T> row)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
                rows.Add(row(this));
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public UInt128 Hash(int column) =>
        BinaryPrimitives.ReadUInt128BigEndian(raw.sqlite3_column_blob(_statement, column));

    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return code == raw.SQLITE_ROW;
        SqliteException.ThrowExceptionForRC(code, _connection);
        return false;
    }

    // After a failed statement, the reset returns the failure that Step has already thrown.
    private void Reset() => _ = raw.sqlite3_reset(_statement);

    private int IndexOf(string name)
    {
        var index = Array.IndexOf(_parameters, name);
        return index >= 0
            ? index + 1
            : throw new ArgumentException($"The statement has no parameter @{name}.", nameof(name));
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _connection);
}
