using GuestSessions.Core.Guests;
using GuestSessions.Core.Lists;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Lists;

/// <summary>Answers the lists from the store.</summary>
[StatelessWorker]
[GrainType("guest-lists")]
public sealed class GuestListsGrain(IGuestLists lists) : Grain, IGuestListsGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public async Task<IReadOnlyList<AsideItem>> ReadSetAsideAsync(SetAsideQuery query)
    {
        var found = await lists.ReadSetAsideAsync(query with { Tenant = Tenant }, CancellationToken.None);
        return [.. found.Select(static aside => new AsideItem(
            aside.Place, aside.Name, aside.EventId, aside.Type, aside.Code)
        {
            Warnings = aside.Warnings,
        })];
    }

    public async Task<IReadOnlyList<BacklogItem>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit)
    {
        var found = await lists.ReadBacklogAsync(
            new BacklogQuery(Tenant, hotOnly, after, limit), CancellationToken.None);
        return [.. found.Select(static guest => new BacklogItem(
            guest.Guest.Hash, guest.Name, guest.Undelivered, guest.WaitingSince, guest.Block,
            guest.Undelivered >= ListChanges.HotFrom))];
    }

    public async Task<IReadOnlyList<AuditItem>> ReadAuditAsync(string? by, string? guest, long? before, int limit)
    {
        var found = await lists.ReadAuditAsync(
            new AuditQuery(Tenant, by, guest is null ? null : GuestKey.Parse(guest), before, limit),
            CancellationToken.None);
        return [.. found.Select(static listed => new AuditItem(
            listed.Number, listed.Act.Act.At, listed.Act.Act.By, listed.Act.Kind, listed.Act.Act.Reason, listed.Name,
            listed.Act.Sequence)
        {
            EventId = listed.Act.EventId,
        })];
    }

    public Task<TenantCounts> CountAsync(int most) => lists.CountAsync(Tenant, most, CancellationToken.None);
}
