using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage.Memory;

internal sealed class MemoryJournal(MemoryGuests guests, MemoryLists lists) : IJournalRows
{
    private readonly Dictionary<UInt128, HashSet<GuestKey>> _terms = [];

    public Task<IReadOnlyList<AppendResult>> WriteAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        lock (guests.Lock)
        {
            var results = new AppendResult[rows.Count];
            GuestKey? fenced = null;
            for (var i = 0; i < results.Length; i++)
            {
                var isFirst = i == 0 || rows[i].Guest != rows[i - 1].Guest;
                var isWritten = rows[i].Guest != fenced && (isFirst || rows[i].MayFollow(rows[i - 1]))
                    && TryWrite(rows[i], commit);
                results[i] = isWritten ? AppendResult.Written : AppendResult.Fenced;
                fenced = isWritten ? fenced : rows[i].Guest;
            }

            return Task.FromResult<IReadOnlyList<AppendResult>>(results);
        }
    }

    public Task<IReadOnlyList<bool>> ReadBackAsync(IReadOnlyList<JournalRow> rows, long commit)
    {
        lock (guests.Lock)
        {
            return Task.FromResult<IReadOnlyList<bool>>([.. rows.Select(row =>
                guests.All.TryGetValue(row.Guest, out var guest)
                && (row.IsKept
                    ? guest.Version == row.Version && guest.Kept.Commit == commit
                    : guest.Rows.TryGetValue(row.Version, out var found) && found.Commit == commit))]);
        }
    }

    public Task<StoredGuest> LoadAsync(GuestKey guest, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var found = guests.Find(guest);
            var rows = found.After(found.Covered);
            return Task.FromResult(new StoredGuest(found.Version, found.Kept.Commits, found.Snapshot, [.. rows])
            {
                Floor = found.Floor,
                IsErased = found.IsErased,
            });
        }
    }

    public Task<StoredPage> ReadAsync(
        GuestKey guest, long afterVersion, int limit, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var found = guests.Find(guest);
            var rows = found.After(afterVersion).Take(limit);
            return Task.FromResult(new StoredPage(found.Version, found.Covered, found.Kept.Commits, [.. rows]));
        }
    }

    public Task<StoredTrace> TraceAsync(
        GuestKey guest, long first, long last, CancellationToken cancellation)
    {
        lock (guests.Lock)
            return Task.FromResult(guests.Find(guest).Trace(first, last));
    }

    public Task<StoredRow?> FindRowAsync(
        GuestKey guest, byte[] bytes, long beforeVersion, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult(guests.Find(guest).After(0)
                .Where(row => row.Version < beforeVersion)
                .LastOrDefault(row => row.Payload.AsSpan().IndexOf(bytes) >= 0));
        }
    }

    public Task RewriteAsync(GuestKey guest, IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var found = guests.Find(guest).Rows;
            foreach (var row in rows)
            {
                if (found.TryGetValue(row.Version, out var kept))
                    found[row.Version] = (kept.Commit, row);
            }

            return Task.CompletedTask;
        }
    }

    public Task SaveSnapshotsAsync(IReadOnlyList<SnapshotRow> rows)
    {
        lock (guests.Lock)
        {
            foreach (var (guest, snapshot) in rows)
            {
                var found = guests.Find(guest);
                if (snapshot.Version > found.Covered)
                    found.Snapshot = snapshot;
                guests.All[guest] = found;
            }

            return Task.CompletedTask;
        }
    }

    public Task<IReadOnlyList<GuestKey>> ReadPendingAsync(
        GuestKey? after, int limit, CancellationToken cancellation) =>
        Task.FromResult(Page(after, limit, static guest => guest.Pending));

    public Task TidyPendingAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> FindAsync(
        UInt128 term, string? after, int limit, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _terms.GetValueOrDefault(term, [])
                .Select(key => guests.All[key].Name)
                .Where(name => name.Length > 0 && string.CompareOrdinal(name, after) > 0)
                .Order(StringComparer.Ordinal)
                .Take(limit)]);
        }
    }

    public Task<IReadOnlyList<GuestKey>> ReadUncoveredAsync(
        DateTimeOffset before, GuestKey? after, int limit, CancellationToken cancellation) =>
        Task.FromResult(Page(after, limit, guest => guest.After(guest.Covered).Any(row => row.At < before)));

    public Task<int> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var expired = guests.All.Values
                .SelectMany(guest => guest.Expired(before).Select(version => (Guest: guest, Version: version)))
                .Take(limit)
                .ToList();
            expired.ForEach(commit => commit.Guest.Delete(commit.Version));
            foreach (var guest in guests.All.Values.Where(guest => guest.Covered == guest.Version && guest.Kept.At < before))
                guest.Kept = (0, default, StoredKept.None);
            return Task.FromResult(expired.Count);
        }
    }

    /// <summary>Deletes the search terms of a guest. The caller holds the lock.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteTerms(GuestKey guest) => _terms.Values.Count(keys => keys.Remove(guest));

    private bool TryWrite(JournalRow row, long commit)
    {
        var guest = guests.Find(row.Guest);
        if (guest.Version != row.Version - 1 || guest.IsErased)
            return false;

        guest.Version = row.Version;
        guest.Name = row.Name;
        guest.Pending = row.Pending;
        guest.Lists = row.Lists;
        guest.Kept = row.IsKept
            ? (commit, row.At, new StoredKept(row.Format, row.Kept))
            : (0, default, StoredKept.None);
        if (!row.IsKept)
        {
            guest.Rows.Add(row.Version, (commit, new StoredRow(row.Version, row.At, row.Format, row.Payload)));
            guest.Positions.Add(row.Version, row.Position);
        }

        guest.LateChanges.UnionWith(row.LateChanges.Select(sequence => (sequence, row.Version)));
        guests.All[row.Guest] = guest;
        lists.Write(row);
        foreach (var term in row.Terms)
        {
            if (!_terms.TryGetValue(term, out var keys))
                _terms.Add(term, keys = []);
            keys.Add(row.Guest);
        }

        return true;
    }

    private IReadOnlyList<GuestKey> Page(GuestKey? after, int limit, Func<MemoryGuest, bool> filter)
    {
        lock (guests.Lock)
        {
            return [.. guests.All
                .Where(guest => (after is null || guest.Key > after) && filter(guest.Value))
                .Select(guest => guest.Key)
                .Take(limit)];
        }
    }
}
