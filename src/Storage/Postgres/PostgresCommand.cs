using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Positional parameters and whole answers.</summary>
internal static class PostgresCommand
{
    /// <summary>Binds the next of <c>$1</c>, <c>$2</c> and so on.</summary>
    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlCommand With(this NpgsqlCommand command, string value) =>
        command.With<string>(PostgresText.Storable(value));

    public static NpgsqlCommand With(this NpgsqlCommand command, string[] values) =>
        command.With<string[]>(Array.ConvertAll(values, PostgresText.Storable));

    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellation = default)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(row(reader));
        return rows;
    }
}
