using System.Buffers.Binary;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage;
using GuestSessions.Storage.Postgres;
using Npgsql;

namespace GuestSessions.Bench.Fence;

/// <summary>The service's own store, as it is.</summary>
internal sealed class HeadRowFence : IFence
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresStore _store;
    private readonly FenceLoad _load;
    private long _commit;

    private HeadRowFence(NpgsqlDataSource source, PostgresStore store)
    {
        _source = source;
        _store = store;
        _load = new FenceLoad(source);
    }

    public string Name => "head row";

    public static async Task<HeadRowFence> OpenAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        await using (var command = source.CreateCommand(
            "DROP SCHEMA IF EXISTS fence_head CASCADE; CREATE SCHEMA fence_head"))
            await command.ExecuteNonQueryAsync();
        var store = new PostgresStore(
            new PostgresSettings { ConnectionString = $"{connectionString};Search Path=fence_head" });
        await store.OpenAsync(CancellationToken.None);
        return new HeadRowFence(source, store);
    }

    public Task<(double Rate, double Wal)> MeasureAsync(int rows, TimeSpan time) =>
        _load.MeasureAsync(rows, time, async batch =>
        {
            var results = await _store.Journal.WriteAsync([.. batch.Select(row => RowOf(row.Guest, row.Version))], _commit++);
            if (results.Contains(AppendResult.Fenced))
                throw new InvalidOperationException("Nobody else writes, and a row was fenced.");
        });

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _source.DisposeAsync();
    }

    private JournalRow RowOf(Guid guest, long version) => new(
        new JournalEntry(
            new GuestKey("demo", BinaryPrimitives.ReadUInt128BigEndian(guest.ToByteArray(bigEndian: true))), "cust-42",
            version, TimeProvider.System.GetUtcNow(), [], Pending: true, []),
        Format: 1, _load.Payload, Kept: [], Terms: []);
}
