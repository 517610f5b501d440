using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace GuestSessions.Bench.Baseline;

/// <summary>
/// Grain storage as it is usually written: the whole state as JSON, one upsert and one commit for each write, the etag
/// checked. As durable as the service's journal: WAL with <c>synchronous=FULL</c>.
/// </summary>
public sealed class SqliteGrainStorage : IGrainStorage, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public SqliteGrainStorage(string file)
    {
        _connection = new SqliteConnection($"Data Source={file}");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Execute("CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, etag INTEGER NOT NULL, json BLOB NOT NULL)");
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await _turn.WaitAsync();
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT etag, json FROM state WHERE key = $key";
            command.Parameters.AddWithValue("$key", grainId.ToString());
            using var reader = command.ExecuteReader();
            if (!reader.Read())
                return;
            grainState.ETag = reader.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            grainState.State = JsonSerializer.Deserialize<T>((byte[])reader[1])!;
            grainState.RecordExists = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        await _turn.WaitAsync();
        try
        {
            var etag = long.Parse(grainState.ETag ?? "0", CultureInfo.InvariantCulture);
            using var command = _connection.CreateCommand();
            command.CommandText = """
                INSERT INTO state (key, etag, json) VALUES ($key, $etag + 1, $json)
                ON CONFLICT (key) DO UPDATE SET etag = excluded.etag, json = excluded.json WHERE etag = $etag
                """;
            command.Parameters.AddWithValue("$key", grainId.ToString());
            command.Parameters.AddWithValue("$etag", etag);
            command.Parameters.AddWithValue("$json", json);
            if (command.ExecuteNonQuery() != 1)
                throw new InconsistentStateException("The etag does not match.");
            grainState.ETag = (etag + 1).ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException();

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
