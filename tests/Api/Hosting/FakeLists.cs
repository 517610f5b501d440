using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Lists that answer what a test puts into them, and remember what they were asked.</summary>
public sealed class FakeLists(FakeCluster cluster) : IGuestListsGrain
{
    public List<ListedSetAside> Asides { get; } = [];
    public List<ListedBacklog> Backlog { get; } = [];
    public List<ListedAct> Audit { get; } = [];
    public TenantCounts Counts { get; set; } = new(0, 0, 0, 0);

    public SetAsideQuery? AskedAside { get; private set; }
    public (bool HotOnly, UInt128? After, int Limit) AskedBacklog { get; private set; }
    public (string? By, string? Guest, long? Before, int Limit) AskedAudit { get; private set; }

    public Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query)
    {
        AskedAside = query;
        return Answer<IReadOnlyList<ListedSetAside>>([.. Asides.Take(query.Limit)]);
    }

    public Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query) => Answer(new SetAsideGroups(
        Asides.Count,
        [.. Asides.GroupBy(static aside => (aside.Type, aside.Code)).Select(static group => new SetAsideGroup(
            group.Key.Type, group.Key.Code, group.Count(), group.Min(static aside => aside.At),
            group.Max(static aside => aside.At))).Take(query.Limit)]));

    public Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(string eventId, int limit) =>
        Answer<IReadOnlyList<ListedSetAside>>([.. Asides.Where(aside => aside.EventId == eventId).Take(limit)]);

    public List<OperationView> Operations { get; } = [];

    public Task<IReadOnlyList<OperationView>> ReadOperationsAsync(OperationPlace? before, int limit) =>
        Answer<IReadOnlyList<OperationView>>([.. Operations
            .Where(operation => before is not { } place || operation.StartedAt < place.StartedAt).Take(limit)]);

    public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit)
    {
        AskedBacklog = (hotOnly, after, limit);
        return Answer<IReadOnlyList<ListedBacklog>>([.. Backlog.Take(limit)]);
    }

    public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(string? by, string? guest, long? before, int limit)
    {
        AskedAudit = (by, guest, before, limit);
        return Answer<IReadOnlyList<ListedAct>>([.. Audit.Take(limit)]);
    }

    public Task<TenantCounts> CountAsync(int most) => Answer(Counts);

    private Task<T> Answer<T>(T answer) => cluster.Fault is { } fault ? throw fault : Task.FromResult(answer);
}
