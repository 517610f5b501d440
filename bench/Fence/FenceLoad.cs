using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;

namespace GuestSessions.Bench.Fence;

/// <summary>Batches as a group commit makes them: of random guests, each one's next version.</summary>
internal sealed class FenceLoad(NpgsqlDataSource source)
{
    private const int Guests = 20_000;
    private const int PayloadBytes = 400;

    private readonly Guid[] _guests = [.. Enumerable.Range(0, Guests).Select(_ => NewHash()).Order()];
    private readonly long[] _versions = new long[Guests];
    private readonly Random _random = new(7);

    public byte[] Payload { get; } = RandomNumberGenerator.GetBytes(PayloadBytes);

    public async Task<(double Rate, double Wal)> MeasureAsync(
        int rows, TimeSpan time, Func<IReadOnlyList<(Guid Guest, long Version)>, Task> write)
    {
        var wal = await WalAsync();
        var started = Stopwatch.GetTimestamp();
        var written = 0L;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var batch = Next(rows);
            await write(batch);
            written += batch.Count;
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        return (written / elapsed.TotalSeconds, (double)(await WalAsync() - wal) / written);
    }

    private List<(Guid Guest, long Version)> Next(int rows) => [.. Enumerable.Range(0, rows)
        .Select(_ => _random.Next(Guests)).Distinct().Order()
        .Select(guest => (_guests[guest], ++_versions[guest]))];

    private async Task<decimal> WalAsync()
    {
        await using var command = source.CreateCommand("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
        return (decimal)(await command.ExecuteScalarAsync())!;
    }

    // Random in each bit, as the keyed hashes are.
    private static Guid NewHash() => new(RandomNumberGenerator.GetBytes(16), bigEndian: true);
}
