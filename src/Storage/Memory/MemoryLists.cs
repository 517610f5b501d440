using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Storage.Memory;

/// <summary>The lists over all guests.</summary>
internal sealed class MemoryLists(MemoryGuests guests) : IGuestLists
{
    private static readonly string[] OfErasure = [ActNames.GuestErased, ActNames.ErasureLifted, ActNames.ErasureFileTaken];

    private readonly SortedDictionary<(GuestKey Guest, long Sequence), SetAsideEvent> _asides = [];
    private readonly List<(long Number, (string Tenant, GuestKey? Guest, RecordedAct Act) Entry)> _acts = [];
    private long _lastAct;

    public Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult<IReadOnlyList<ListedSetAside>>([.. Find(query)
                .OrderBy(Order)
                .Where(aside => query.After is not { } after
                    || Order(aside).CompareTo((after.At, after.Guest, after.Sequence)) > 0)
                .Take(query.Limit)]);
        }
    }

    public Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var groups = Find(query).GroupBy(static aside => (aside.Type, aside.Code))
                .Select(static group => new SetAsideGroup(
                    group.Key.Type, group.Key.Code, group.LongCount(),
                    group.Min(static aside => aside.At), group.Max(static aside => aside.At)))
                .OrderByDescending(static group => group.Count)
                .ThenBy(static group => group.Type, StringComparer.Ordinal)
                .ThenBy(static group => group.Code, StringComparer.Ordinal)
                .ToList();
            return Task.FromResult(new SetAsideGroups(
                groups.Sum(static group => group.Count), [.. groups.Take(query.Limit)]));
        }
    }

    public Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(
        string tenant, string eventId, int limit, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult<IReadOnlyList<ListedSetAside>>([.. Listed(tenant)
                .Select(static entry => entry.Item)
                .Where(aside => aside.EventId == eventId).OrderBy(Order).Take(limit)]);
        }
    }

    public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(BacklogQuery query, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult<IReadOnlyList<ListedBacklog>>([.. guests.All
                .Where(guest => guest.Key.Tenant == query.Tenant && guest.Value.Pending
                    && (query.After is null || guest.Key.Hash > query.After)
                    && (guest.Value.Lists.IsHot || !query.HotOnly))
                .Take(query.Limit)
                .Select(guest => new ListedBacklog(
                    guest.Key, guest.Value.Name, guest.Value.Lists.Undelivered, guest.Value.Lists.WaitingSince,
                    guest.Value.Lists.Block))]);
        }
    }

    public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(AuditQuery query, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult<IReadOnlyList<ListedAct>>([.. _acts
                .AsEnumerable()
                .Reverse()
                .Where(act => act.Entry.Tenant == query.Tenant
                    && (query.Before is not { } before || act.Number < before)
                    && (query.By is null || act.Entry.Act.Act.By == query.By)
                    && (query.Guest is null || act.Entry.Guest == query.Guest))
                .Take(query.Limit)
                .Select(act => new ListedAct(
                    act.Number, act.Entry.Guest is { } guest && guests.Find(guest).Name is { Length: > 0 } name ? name : null, act.Entry.Act))]);
        }
    }

    public Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var pending = guests.All.Where(guest => guest.Key.Tenant == tenant && guest.Value.Pending).ToList();
            var asides = _asides.Where(aside => aside.Key.Guest.Tenant == tenant).ToList();
            return Task.FromResult(new TenantCounts(
                Math.Min(most, pending.Count),
                Math.Min(most, pending.Count(guest => guest.Value.Lists.IsHot)),
                Math.Min(most, asides.Count(aside => !aside.Value.InDoubt)),
                Math.Min(most, asides.Count(aside => aside.Value.InDoubt)),
                pending.Take(most).Min(static guest => guest.Value.Lists.WaitingSince))
            {
                Undelivered = pending.Take(most).Sum(static guest => (long)guest.Value.Lists.Undelivered),
                QuarantinedSince = Oldest(inDoubt: false),
                InDoubtSince = Oldest(inDoubt: true),
            });

            DateTimeOffset? Oldest(bool inDoubt) =>
                asides.Where(aside => aside.Value.InDoubt == inDoubt).Min(static aside => (DateTimeOffset?)aside.Value.At);
        }
    }

    public Task<DateTimeOffset?> ReadRevealAsync(string tenant, string by, int earlier, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            return Task.FromResult(_acts.AsEnumerable().Reverse()
                .Where(act => act.Entry.Tenant == tenant && act.Entry.Act.Act.By == by && act.Entry.Act.Kind == ActNames.ValueRevealed)
                .Skip(earlier)
                .Select(static act => (DateTimeOffset?)act.Entry.Act.Act.At)
                .FirstOrDefault());
        }
    }

    public Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation, GuestKey? guest = null)
    {
        lock (guests.Lock)
            Add(tenant, guest, act);
        return Task.CompletedTask;
    }

    public Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation)
    {
        lock (guests.Lock)
        {
            var old = _acts.Where(act => act.Entry.Act.Act.At < before).Take(limit).ToList();
            old.ForEach(act => _acts.Remove(act));
            return Task.FromResult(old.Count);
        }
    }

    /// <summary>Writes what a commit changes in the lists. The caller holds the lock.</summary>
    public void Write(JournalRow row)
    {
        foreach (var (sequence, aside) in row.Lists.Asides)
        {
            if (aside is null)
                _asides.Remove((row.Guest, sequence));
            else
                _asides[(row.Guest, sequence)] = aside;
        }

        foreach (var act in row.Lists.Acts)
            Add(row.Guest.Tenant, row.Guest, act);
    }

    private IEnumerable<ListedSetAside> Find(SetAsideQuery query) => Listed(query.Tenant)
        .Where(entry => entry.InDoubt == query.InDoubt)
        .Select(static entry => entry.Item)
        .Where(aside => (query.Type is null || aside.Type == query.Type)
            && (query.Code is null || aside.Code == query.Code)
            && EventWarning.Matches(aside.Warnings, query.Warning)
            && (query.Before is null || aside.At < query.Before));

    private IEnumerable<(bool InDoubt, ListedSetAside Item)> Listed(string tenant) => _asides
        .Where(entry => entry.Key.Guest.Tenant == tenant)
        .Select(entry => (entry.Value.InDoubt, new ListedSetAside(
            entry.Key.Guest, guests.All[entry.Key.Guest].Name, entry.Key.Sequence, entry.Value.Event.EventId,
            entry.Value.Event.Type, entry.Value.Code, entry.Value.At)
        {
            Warnings = EventWarning.Read(EventWarning.Write(entry.Value.Event.Warnings)),
        }));

    /// <summary>Deletes the set-aside events of a guest. The caller holds the lock.</summary>
    /// <returns>How many there were.</returns>
    public int DeleteAsides(GuestKey guest)
    {
        var found = _asides.Keys.Where(aside => aside.Guest == guest).ToList();
        found.ForEach(aside => _asides.Remove(aside));
        return found.Count;
    }

    /// <summary>Blanks the texts of the acts on a guest, except those of its erasure. The caller holds the lock.</summary>
    /// <returns>How many had a text.</returns>
    public int BlankActs(GuestKey guest)
    {
        var found = _acts.Where(act => act.Entry.Guest == guest && !OfErasure.Contains(act.Entry.Act.Kind)
            && (act.Entry.Act.Act.Reason is not null || act.Entry.Act.EventId is not null || act.Entry.Act.Field is not null)).ToList();
        foreach (var act in found)
        {
            var blank = act.Entry.Act with { Act = act.Entry.Act.Act with { Reason = null }, EventId = null, Field = null };
            _acts[_acts.IndexOf(act)] = (act.Number, (act.Entry.Tenant, guest, blank));
        }

        return found.Count;
    }

    /// <summary>Adds an act. The caller holds the lock.</summary>
    public void Add(string tenant, GuestKey? guest, RecordedAct act) => _acts.Add((++_lastAct, (tenant, guest, act)));

    private static (DateTimeOffset At, UInt128 Guest, long Sequence) Order(ListedSetAside aside) =>
        (aside.At, aside.Guest.Hash, aside.Sequence);
}
