using System.Globalization;
using System.Text.Json;
using Npgsql;
using Orleans.Storage;

namespace GuestSessions.Bench.Baseline;

/// <summary>The same as <see cref="SqliteGrainStorage"/> in PostgreSQL: one upsert and one commit for each write, many at once.</summary>
public sealed class PostgresGrainStorage : IGrainStorage, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private PostgresGrainStorage(NpgsqlDataSource source) => _source = source;

    /// <param name="database">Connection string of an empty database.</param>
    public static async Task<PostgresGrainStorage> CreateAsync(string database)
    {
        var source = NpgsqlDataSource.Create($"{database};Max Auto Prepare=16;Auto Prepare Min Usages=1;Maximum Pool Size=64");
        await using var command = source.CreateCommand(
            "CREATE TABLE state (key text COLLATE \"C\" PRIMARY KEY, etag bigint NOT NULL, json bytea NOT NULL)");
        await command.ExecuteNonQueryAsync();
        return new PostgresGrainStorage(source);
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = _source.CreateCommand("SELECT etag, json FROM state WHERE key = $1");
        command.Parameters.AddWithValue(grainId.ToString());
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
            return;
        grainState.ETag = reader.GetInt64(0).ToString(CultureInfo.InvariantCulture);
        grainState.State = JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(1))!;
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = long.Parse(grainState.ETag ?? "0", CultureInfo.InvariantCulture);
        await using var command = _source.CreateCommand(
            """
            INSERT INTO state (key, etag, json) VALUES ($1, $2 + 1, $3)
            ON CONFLICT (key) DO UPDATE SET etag = excluded.etag, json = excluded.json WHERE state.etag = $2
            """);
        command.Parameters.AddWithValue(grainId.ToString());
        command.Parameters.AddWithValue(etag);
        command.Parameters.AddWithValue(JsonSerializer.SerializeToUtf8Bytes(grainState.State));
        if (await command.ExecuteNonQueryAsync() != 1)
            throw new InconsistentStateException("The etag does not match.");
        grainState.ETag = (etag + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
