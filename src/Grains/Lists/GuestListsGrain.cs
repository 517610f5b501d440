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

    public async Task<IReadOnlyList<AsideItem>> ReadAsideAsync(AsideRequest request)
    {
        var found = await lists.ReadAsideAsync(
            new AsideQuery(
                Tenant, request.InDoubt, request.Type, request.Code, request.Before,
                request.After is { } after ? new AsidePlace(after.At, after.Guest, after.Sequence) : null,
                request.Limit, request.Warning),
            CancellationToken.None);
        return [.. found.Select(static aside => new AsideItem(
            new AsideCursor(aside.At, aside.Guest.Hash, aside.Sequence), aside.Name, aside.EventId, aside.Type,
            aside.Code)
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

    public async Task<TenantCountsView> CountAsync(int most)
    {
        var counts = await lists.CountAsync(Tenant, most, CancellationToken.None);
        return new TenantCountsView(counts.Waiting, counts.Hot, counts.Quarantined, counts.InDoubt)
        {
            WaitingSince = counts.WaitingSince,
        };
    }
}
