using GuestSessions.Storage.Sql;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>A statement to execute, once or several times, with its parameters by name. They may have new values each time.</summary>
internal sealed class PostgresCommand(SqlStatement statement, NpgsqlConnection connection) : IAsyncDisposable
{
    private readonly NpgsqlCommand _command = new(statement.Numbered, connection);
    private readonly NpgsqlParameter?[] _parameters = new NpgsqlParameter?[statement.Places.Count];

    /// <exception cref="ArgumentException">The statement has no such parameter.</exception>
    public PostgresCommand With<T>(string name, T value)
    {
        if (!statement.Places.TryGetValue(name, out var place))
            throw new ArgumentException($"The statement has no parameter @{name}.", nameof(name));
        if (_parameters[place] is NpgsqlParameter<T> known)
            known.TypedValue = value;
        else
            _parameters[place] = new NpgsqlParameter<T> { TypedValue = value };
        return this;
    }

    public PostgresCommand With(string name, string value) => With<string>(name, PostgresText.Storable(value));

    public PostgresCommand With(string name, string[] values) =>
        With<string[]>(name, Array.ConvertAll(values, PostgresText.Storable));

    public PostgresCommand With(string name, UInt128 hash) => With(name, PostgresHash.ToGuid(hash));

    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(CancellationToken cancellation = default) =>
        Bound().ExecuteNonQueryAsync(cancellation);

    /// <returns>The first column of the first row.</returns>
    public Task<object?> ScalarAsync(CancellationToken cancellation = default) =>
        Bound().ExecuteScalarAsync(cancellation);

    public Task<List<T>> ReadAsync<T>(Func<NpgsqlDataReader, T> row, CancellationToken cancellation = default) =>
        ReadAsync(row, expected: 0, cancellation);

    /// <param name="expected">How many rows it probably gives.</param>
    public async Task<List<T>> ReadAsync<T>(
        Func<NpgsqlDataReader, T> row, int expected, CancellationToken cancellation = default)
    {
        await using var reader = await Bound().ExecuteReaderAsync(cancellation);
        var rows = new List<T>(expected);
        while (await reader.ReadAsync(cancellation))
            rows.Add(row(reader));
        return rows;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private NpgsqlCommand Bound()
    {
        if (_command.Parameters.Count > 0)
            return _command; // It is executed again.
        foreach (var parameter in _parameters)
        {
            _command.Parameters.Add(parameter
                ?? throw new InvalidOperationException("A parameter of the statement has no value."));
        }

        return _command;
    }
}
