using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryErasures(
    MemoryGuests guests, MemoryJournal journal, MemoryLists lists, MemoryOwners owners, MemoryRejections rejections,
    MemoryOperations operations, MemoryFiles files) : IErasureStore
{
    private readonly Dictionary<GuestKey, (UInt128 Of, ErasedGuest Guest)> _erased = [];
    private readonly HashSet<(UInt128 Term, GuestKey Guest)> _terms = [];

    public Task<bool> EraseAsync(GuestTombstone tombstone, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var guest = guests.Find(tombstone.Guest);
            if (guest.Version == 0 || guest.Version != tombstone.Version || guest.IsErased)
                return Task.FromResult(false);
            guest.Version++;
            guest.Floor = guest.Version;
            (guest.IsErased, guest.Name, guest.Pending) = (true, "", false);
            (guest.Lists, guest.Snapshot, guest.Kept) = (ListChanges.None, null, (0, default, StoredKept.None));
            lists.DeleteAsides(tombstone.Guest);
            _erased[tombstone.Guest] = (tombstone.Of, new ErasedGuest(tombstone.Operation, tombstone.Act.At, tombstone.Standing));
            _terms.UnionWith(tombstone.Terms.Select(term => (term, tombstone.Guest)));
            if (tombstone.HandOff.Length > 0)
                files.Save(
                    tombstone.Guest.Tenant, tombstone.Operation, tombstone.Guest.Hash, tombstone.HandOffUntil, tombstone.HandOff);
            if (tombstone.Of == tombstone.Guest.Hash)
                lists.Add(tombstone.Guest.Tenant, tombstone.Guest, new RecordedAct(ActNames.GuestErased, tombstone.Act));
            return Task.FromResult(true);
        }
    }

    public Task<ErasedGuest?> ReadAsync(GuestKey guest, CancellationToken cancellation)
    {
        lock (guests.Lock)
            return Task.FromResult(_erased.TryGetValue(guest, out var erased) ? erased.Guest : null);
    }

    public Task<ErasureCounts> ClearAsync(IReadOnlyList<ErasedRows> erased, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult(erased.Where(rows => guests.Find(rows.Guest).IsErased)
                .Aggregate(ErasureCounts.None, (counts, rows) => counts + Clear(rows)));
        }
    }

    public Task<bool> AreErasedAsync(IReadOnlyList<UInt128> terms, CancellationToken cancellation)
    {
        lock (guests.Lock)
            return Task.FromResult(_terms.Any(erased => terms.Contains(erased.Term)));
    }

    public Task<bool> HasErasedAsync(CancellationToken cancellation)
    {
        lock (guests.Lock)
            return Task.FromResult(_terms.Count > 0);
    }

    public Task<bool> LiftAsync(GuestKey guest, string name, PersonAct act, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            if (!_erased.ContainsKey(guest))
                return Task.FromResult(false);
            foreach (var key in _erased.Where(erased => erased.Value.Of == guest.Hash).Select(static erased => erased.Key).ToList())
            {
                var found = guests.Find(key);
                found.Version++;
                (found.Floor, found.IsErased, found.Name) = (found.Version, false, key == guest ? name : "");
                _erased.Remove(key);
                _terms.RemoveWhere(term => term.Guest == key);
            }

            owners.Rename(guest.Hash, name);
            lists.Add(guest.Tenant, guest, new RecordedAct(ActNames.ErasureLifted, act));
            return Task.FromResult(true);
        }
    }

    public Task<StorageRemains> CompactAsync(CancellationToken cancellation) =>
        Task.FromResult(new StorageRemains("in_memory", IsComplete: true));

    private ErasureCounts Clear(ErasedRows rows)
    {
        var guest = guests.Find(rows.Guest);
        List<long> commits = [.. guest.Rows.Keys.Where(version => version <= guest.Floor)];
        commits.ForEach(guest.Delete);
        guest.LateChanges.Clear();
        var hadSnapshot = guest.Snapshot is not null;
        guest.Snapshot = null;
        return new ErasureCounts
        {
            Commits = commits.Count,
            Snapshots = hadSnapshot ? 1 : 0,
            SetAside = lists.DeleteAsides(rows.Guest),
            Terms = journal.DeleteTerms(rows.Guest),
            Browsers = owners.Rename(rows.Guest.Hash, ""),
            Acts = lists.BlankActs(rows.Guest),
            Rejections = rejections.Delete(rows.Guest.Tenant, rows.Rejections),
            Items = operations.BlankItems(rows.Guest.Tenant, rows.Name),
        };
    }
}
