using GuestSessions.Core.Guests;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Tests;

/// <summary>A store that takes every tombstone.</summary>
internal sealed class FakeErasures : IErasureStore
{
    public List<GuestTombstone> Written { get; } = [];

    /// <summary>Hashes of search terms of erased guests.</summary>
    public HashSet<UInt128> Terms { get; } = [];

    public Task<bool> EraseAsync(GuestTombstone tombstone, CancellationToken cancellation)
    {
        Written.Add(tombstone);
        return Task.FromResult(true);
    }

    public Task<ErasedGuest?> ReadAsync(GuestKey guest, CancellationToken cancellation) => Task.FromResult(
        Written.Where(tombstone => tombstone.Guest == guest)
            .Select(static tombstone => new ErasedGuest(tombstone.Operation, tombstone.Act.At, tombstone.Standing))
            .SingleOrDefault());

    public Task<ErasureCounts> ClearAsync(IReadOnlyList<ErasedRows> guests, CancellationToken cancellation) =>
        Task.FromResult(ErasureCounts.None);

    public Task<bool> AreErasedAsync(IReadOnlyList<UInt128> terms, CancellationToken cancellation) =>
        Task.FromResult(terms.Any(Terms.Contains));

    public Task<bool> HasErasedAsync(CancellationToken cancellation) => Task.FromResult(Terms.Count > 0);

    public Task<bool> LiftAsync(GuestKey guest, string name, PersonAct act, CancellationToken cancellation) =>
        Task.FromResult(Written.RemoveAll(tombstone => tombstone.Guest == guest) > 0);

    public Task<StorageRemains> CompactAsync(CancellationToken cancellation) =>
        Task.FromResult(new StorageRemains("memory", IsComplete: true));
}
