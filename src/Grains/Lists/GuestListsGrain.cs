using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Operations;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Lists;

/// <summary>Answers the lists from the store. A list that takes long holds up no other.</summary>
[StatelessWorker, Reentrant]
[GrainType("guest-lists")]
public sealed class GuestListsGrain(IGuestLists lists, IOperationStore operations) : Grain, IGuestListsGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query) =>
        lists.ReadSetAsideAsync(query with { Tenant = Tenant }, CancellationToken.None);

    public Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query) =>
        lists.GroupSetAsideAsync(query with { Tenant = Tenant }, CancellationToken.None);

    public Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(string eventId, int limit) =>
        lists.FindSetAsideAsync(Tenant, eventId, limit, CancellationToken.None);

    public async Task<IReadOnlyList<OperationView>> ReadOperationsAsync(OperationPlace? before, int limit) =>
        [.. (await operations.ReadLatestAsync(Tenant, before, limit, CancellationToken.None)).Select(OperationGrain.View)];

    public Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit) =>
        lists.ReadBacklogAsync(new BacklogQuery(Tenant, hotOnly, after, limit), CancellationToken.None);

    public Task<IReadOnlyList<ListedAct>> ReadAuditAsync(string? by, string? guest, long? before, int limit) =>
        lists.ReadAuditAsync(
            new AuditQuery(Tenant, by, guest is null ? null : GuestKey.Parse(guest), before, limit), CancellationToken.None);

    public Task<TenantCounts> CountAsync(int most) => lists.CountAsync(Tenant, most, CancellationToken.None);
}
