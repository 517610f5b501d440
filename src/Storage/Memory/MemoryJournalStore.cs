using System.Collections.Concurrent;
using System.Security.Cryptography;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Snapshots;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Memory;

/// <summary>A store for tests and trials: the same semantics, gone with the process.</summary>
/// <param name="secret">
/// The store's secret, so that keys come out the same every time; random when null.
/// </param>
public sealed partial class MemoryJournalStore(byte[]? secret = null) : IJournalStore, IProbedStore, ITenantRows
{
    private readonly Lock _lock = new();
    private readonly byte[] _secret = secret ?? RandomNumberGenerator.GetBytes(GuestKeyring.SecretLength);
    private readonly SortedDictionary<GuestKey, MemoryGuest> _guests = [];
    private readonly Dictionary<UInt128, HashSet<GuestKey>> _terms = [];
    private readonly ConcurrentDictionary<string, byte[]> _tenants = [];
    private readonly Dictionary<UInt128, OwnerRow> _owners = [];

    public Task<byte[]> OpenAsync(CancellationToken cancellation) => Task.FromResult(_secret);

    public Task ProbeAsync() => Task.CompletedTask;

    public Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        lock (_lock)
        {
            var results = new AppendResult[rows.Count];
            GuestKey? fenced = null;
            for (var i = 0; i < results.Length; i++)
            {
                var isWritten = rows[i].Guest != fenced && TryWrite(rows[i], commit);
                results[i] = isWritten ? AppendResult.Written : AppendResult.Fenced;
                fenced = isWritten ? fenced : rows[i].Guest;
            }

            return Task.FromResult<IReadOnlyList<AppendResult>>(results);
        }
    }

    public Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<bool>>([.. rows.Select(row =>
                _guests.TryGetValue(row.Guest, out var guest)
                && guest.Rows.TryGetValue(row.Version, out var found) && found.Commit == commit)]);
        }
    }

    public Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var found = Find(guest);
            var rows = found.After(found.Covered);
            return Task.FromResult(new StoredGuest(found.Version, found.Snapshot, [.. rows]));
        }
    }

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var found = Find(guest);
            var rows = found.After(afterVersion).Take(limit);
            return Task.FromResult(new StoredPage(found.Version, found.Covered, [.. rows]));
        }
    }

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation)
    {
        lock (_lock)
            return Task.FromResult(Find(guest).Trace(first, last));
    }

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(Find(guest).After(0)
                .Where(row => row.Version < beforeVersion)
                .LastOrDefault(row => row.Payload.AsSpan().IndexOf(bytes) >= 0));
        }
    }

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows)
    {
        lock (_lock)
        {
            foreach (var (guest, snapshot) in rows)
            {
                var found = Find(guest);
                if (snapshot.Version > found.Covered)
                    found.Snapshot = snapshot;
                _guests[guest] = found;
            }

            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        Task.FromResult(Page(after, limit, guest => guest.Pending));

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _terms.GetValueOrDefault(term, [])
                .Select(key => _guests[key].Name)
                .Where(name => string.CompareOrdinal(name, after) > 0)
                .Order(StringComparer.Ordinal)
                .Take(limit)]);
        }
    }

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        Task.FromResult(Page(after, limit, guest => guest.After(guest.Covered).Any(row => row.At < before)));

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var expired = _guests.Values
                .SelectMany(guest => guest.Expired(before).Select(version => (Guest: guest, Version: version)))
                .Take(limit)
                .ToList();
            expired.ForEach(commit => commit.Guest.Delete(commit.Version));
            return Task.FromResult(expired.Count);
        }
    }

    public Task<byte[]?> ReadTenantAsync(string tenant, CancellationToken cancellation) =>
        Task.FromResult(_tenants.GetValueOrDefault(tenant));

    public Task SaveTenantAsync(string tenant, byte[] payload, CancellationToken cancellation)
    {
        _tenants[tenant] = payload;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<OwnerRow>> ClaimAsync(IReadOnlyList<OwnerClaim> claims)
    {
        lock (_lock)
        {
            foreach (var claim in claims)
            {
                var row = _owners.GetValueOrDefault(claim.Browser);
                if (claim.After != (row?.Generation ?? 0))
                    continue;
                var previous = row?.Guest == claim.Guest.Hash ? row.Previous : row?.Guest;
                _owners[claim.Browser] = new OwnerRow(claim.Guest.Hash, claim.Name, claim.After + 1, previous);
            }

            return Task.FromResult<IReadOnlyList<OwnerRow>>([.. claims.Select(claim => _owners[claim.Browser])]);
        }
    }

    public Task<OwnerRow?> ReadOwnerAsync(UInt128 browser, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_owners.GetValueOrDefault(browser));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool TryWrite(JournalRow row, long commit)
    {
        var guest = Find(row.Guest);
        if (guest.Version != row.Version - 1)
            return false;

        guest.Version = row.Version;
        guest.Name = row.Name;
        guest.Pending = row.Pending;
        guest.Listing = row.Listing;
        guest.Rows.Add(row.Version, (commit, new StoredRow(row.Version, row.At, row.Format, row.Payload)));
        guest.Marks.Add(row.Version, row.Position);
        guest.LateChanges.UnionWith(row.LateChanges.Select(sequence => (sequence, row.Version)));
        _guests[row.Guest] = guest;
        List(row);
        foreach (var term in row.Terms)
        {
            if (!_terms.TryGetValue(term, out var keys))
                _terms.Add(term, keys = []);
            keys.Add(row.Guest);
        }

        return true;
    }

    private MemoryGuest Find(GuestKey guest) => _guests.GetValueOrDefault(guest) ?? new MemoryGuest();

    private IReadOnlyList<GuestKey> Page(GuestKey? after, int limit, Func<MemoryGuest, bool> filter)
    {
        lock (_lock)
        {
            return [.. _guests
                .Where(guest => (after is null || guest.Key > after) && filter(guest.Value))
                .Select(guest => guest.Key)
                .Take(limit)];
        }
    }
}
