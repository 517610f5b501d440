using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Simulation.Tests.Erasures;
using GuestSessions.Storage;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Memory;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Tenants;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests;

/// <summary>
/// The disk: what is written stays, whoever wrote it. Writes take time, and while there is trouble they fail before or
/// after they took effect, and so do the reads that ask which.
/// </summary>
internal sealed class FaultyStore(Random random, FakeTimeProvider time) : IStore, IJournalRows, IOwnerRows
{
    private readonly MemoryStore _disk = new();
    private FaultyErasures? _erasures;

    public IJournalRows Journal => this;
    public IEventRows Events => _disk.Events;
    public IOwnerRows Owners => this;
    public IGuestLists Lists => _disk.Lists;
    public IOperationRows Operations => _disk.Operations;
    public IRejectionRows Rejections => _disk.Rejections;
    public IExtTypeStore ExtTypes => _disk.ExtTypes;
    public ITenantRows Tenants => _disk.Tenants;
    public IErasureStore Erasures => _erasures ??= new FaultyErasures(_disk.Erasures, random, time, () => Trouble);
    public IFileStore Files => _disk.Files;
    public IStoreProbe Probe => _disk.Probe;

    /// <summary>How likely a call fails.</summary>
    public double Trouble { get; set; }

    // A fixed secret: guest keys decide the order within a batch, and the order belongs to the seed.
    public async Task<byte[]> OpenAsync(CancellationToken cancellation)
    {
        await _disk.OpenAsync(cancellation);
        return new byte[GuestKeyring.SecretLength];
    }

    public Task<DateTimeOffset?> ReadRestoreAsync(CancellationToken cancellation) => _disk.ReadRestoreAsync(cancellation);

    public Task MarkRestoreAsync(DateTimeOffset at, CancellationToken cancellation) => _disk.MarkRestoreAsync(at, cancellation);

    public async Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        var results = await _disk.Journal.WriteAsync(rows, commit);
        if (random.NextDouble() < Trouble)
            await Task.Delay(TimeSpan.FromSeconds(6), time);
        FailSometimes();
        return results;
    }

    public async Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        return await _disk.Journal.ReadBackAsync(rows, commit);
    }

    public async Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 5)), time, cancellation);
        FailSometimes();
        return await _disk.Journal.LoadAsync(guest, cancellation);
    }

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation) =>
        _disk.Journal.ReadAsync(guest, afterVersion, limit, cancellation);

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation) =>
        _disk.Journal.TraceAsync(guest, first, last, cancellation);

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation) =>
        _disk.Journal.FindRowAsync(guest, bytes, beforeVersion, cancellation);

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows) => _disk.Journal.SaveSnapshotsAsync(rows);

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<StoredRow> rows, CancellationToken cancellation) =>
        _disk.Journal.RewriteAsync(guest, rows, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        _disk.Journal.ReadPendingAsync(after, limit, cancellation);

    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation) =>
        _disk.Journal.TidyPendingAsync(before, now, cancellation);

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation) =>
        _disk.Journal.FindAsync(term, after, limit, cancellation);

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        _disk.Journal.ReadUncoveredAsync(before, after, limit, cancellation);

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        _disk.Journal.DeleteExpiredAsync(before, limit, cancellation);

    public async Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        var rows = await _disk.Owners.ClaimAsync(claims);
        FailSometimes();
        return rows;
    }

    public async Task<OwnerRow?> ReadAsync(UInt128 browser, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 5)), time, cancellation);
        FailSometimes();
        return await _disk.Owners.ReadAsync(browser, cancellation);
    }

    public ValueTask DisposeAsync() => _disk.DisposeAsync();

    private void FailSometimes()
    {
        if (random.NextDouble() < Trouble)
            throw new IOException("Simulated trouble with the disk.");
    }
}
