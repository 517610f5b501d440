using GuestSessions.Core.Guests;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Simulation.Tests.Erasures;

/// <summary>Erasures on a disk that is slow, and that fails before or after what was asked took effect.</summary>
internal sealed class FaultyErasures(IErasureStore disk, Random random, FakeTimeProvider time, Func<double> trouble) : IErasureStore
{
    public Task<bool> EraseAsync(GuestTombstone tombstone, CancellationToken cancellation) =>
        TryAsync(() => disk.EraseAsync(tombstone, cancellation));

    public Task<ErasedGuest?> ReadAsync(GuestKey guest, CancellationToken cancellation) =>
        TryAsync(() => disk.ReadAsync(guest, cancellation));

    public Task<ErasureCounts> ClearAsync(IReadOnlyList<ErasedRows> guests, CancellationToken cancellation) =>
        TryAsync(() => disk.ClearAsync(guests, cancellation));

    public Task<bool> LiftAsync(GuestKey guest, string name, PersonAct act, CancellationToken cancellation) =>
        TryAsync(() => disk.LiftAsync(guest, name, act, cancellation));

    public Task<StorageRemains> CompactAsync(CancellationToken cancellation) => TryAsync(() => disk.CompactAsync(cancellation));

    // Every event asks these.
    public Task<bool> AreErasedAsync(IReadOnlyList<UInt128> terms, CancellationToken cancellation) =>
        disk.AreErasedAsync(terms, cancellation);

    public Task<bool> HasErasedAsync(CancellationToken cancellation) => disk.HasErasedAsync(cancellation);

    private async Task<T> TryAsync<T>(Func<Task<T>> call)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), time);
        FailSometimes();
        var result = await call();
        FailSometimes();
        return result;
    }

    private void FailSometimes()
    {
        if (random.NextDouble() < trouble())
            throw new IOException("Simulated trouble with the disk.");
    }
}
