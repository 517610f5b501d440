using Npgsql;

namespace GuestSessions.Bench.Fence;

/// <summary>The simpler fence: the key of the journal itself, one table, no partitions.</summary>
internal sealed class UniqueKeyFence : IFence
{
    private const string Table = """
        DROP SCHEMA IF EXISTS fence_unique CASCADE;
        CREATE SCHEMA fence_unique;
        CREATE TABLE fence_unique.journal (
            version bigint NOT NULL, commit_id bigint NOT NULL, at bigint NOT NULL, format int NOT NULL,
            guest uuid NOT NULL, payload bytea NOT NULL, PRIMARY KEY (guest, version));
        """;

    private const string Write = """
        INSERT INTO fence_unique.journal (guest, version, commit_id, at, format, payload)
        SELECT guest, version, $3, 0, 1, payload
        FROM unnest($1::uuid[], $2::bigint[], $4::bytea[]) AS line (guest, version, payload)
        ON CONFLICT DO NOTHING RETURNING guest
        """;

    private readonly NpgsqlDataSource _source;
    private readonly FenceLoad _load;
    private long _commit;

    private UniqueKeyFence(NpgsqlDataSource source)
    {
        _source = source;
        _load = new FenceLoad(source);
    }

    public string Name => "unique key";

    public static async Task<UniqueKeyFence> OpenAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create($"{connectionString};Max Auto Prepare=4;No Reset On Close=true");
        await using var command = source.CreateCommand(Table);
        await command.ExecuteNonQueryAsync();
        return new UniqueKeyFence(source);
    }

    public Task<(double Rate, double Wal)> MeasureAsync(int rows, TimeSpan time) =>
        _load.MeasureAsync(rows, time, async batch =>
        {
            await using var command = _source.CreateCommand(Write);
            command.Parameters.Add(new() { Value = batch.Select(row => row.Guest).ToArray() });
            command.Parameters.Add(new() { Value = batch.Select(row => row.Version).ToArray() });
            command.Parameters.Add(new() { Value = _commit++ });
            command.Parameters.Add(new() { Value = batch.Select(_ => _load.Payload).ToArray() });
            await using var reader = await command.ExecuteReaderAsync();
            var through = 0;
            while (await reader.ReadAsync())
                through++;
            if (through != batch.Count)
                throw new InvalidOperationException("Nobody else writes, and a row was fenced.");
        });

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
