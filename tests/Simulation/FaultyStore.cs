using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Snapshots;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// The disk: what is written stays, whoever wrote it. Writes take time, and while there is trouble they fail before or
/// after they took effect, and so do the reads that ask which.
/// </summary>
internal sealed class FaultyStore(Random random, FakeTimeProvider time) : IJournalStore
{
    private readonly MemoryJournalStore _disk = new();

    /// <summary>How likely a call fails.</summary>
    public double Trouble { get; set; }

    // A fixed secret: guest keys decide the order within a batch, and the order belongs to the seed.
    public async Task<byte[]> OpenAsync(CancellationToken cancellation)
    {
        await _disk.OpenAsync(cancellation);
        return new byte[GuestKeyring.SecretLength];
    }

    public async Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        var results = await _disk.WriteAsync(rows, commit);
        if (random.NextDouble() < Trouble)
            await Task.Delay(TimeSpan.FromSeconds(6), time);
        FailSometimes();
        return results;
    }

    public async Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        return await _disk.ReadBackAsync(rows, commit);
    }

    public async Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 5)), time, cancellation);
        FailSometimes();
        return await _disk.LoadAsync(guest, cancellation);
    }

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation) =>
        _disk.ReadAsync(guest, afterVersion, limit, cancellation);

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) =>
        _disk.TraceAsync(guest, first, last, cancellation);

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) =>
        _disk.FindRowAsync(guest, bytes, beforeVersion, cancellation);

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows) => _disk.SaveSnapshotsAsync(rows);

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        _disk.ReadPendingAsync(after, limit, cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        _disk.FindAsync(term, after, limit, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        _disk.ReadUncoveredAsync(before, after, limit, cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        _disk.DeleteExpiredAsync(before, limit, cancellation);

    public async Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        var rows = await _disk.ClaimAsync(claims);
        FailSometimes();
        return rows;
    }

    public async Task<OwnerRow?> ReadOwnerAsync(UInt128 browser, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 5)), time, cancellation);
        FailSometimes();
        return await _disk.ReadOwnerAsync(browser, cancellation);
    }

    public ValueTask DisposeAsync() => _disk.DisposeAsync();

    private void FailSometimes()
    {
        if (random.NextDouble() < Trouble)
            throw new IOException("Simulated trouble with the disk.");
    }
}
