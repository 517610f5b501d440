using GuestSessions.Core.Guests;
using GuestSessions.Core.Listing;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Operator;

/// <summary>Answers the operator's lists from the index.</summary>
[StatelessWorker]
[GrainType("operator-lists")]
public sealed class OperatorListsGrain(IOperatorIndex index) : Grain, IOperatorListsGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public async Task<IReadOnlyList<AsideItem>> ReadAsideAsync(AsideListing listing)
    {
        var found = await index.ReadAsideAsync(
            new AsideQuery(
                Tenant, listing.InDoubt, listing.Type, listing.Code, listing.Before,
                listing.After is { } after ? new AsidePlace(after.At, after.Guest, after.Sequence) : null,
                listing.Limit, listing.Warning),
            CancellationToken.None);
        return [.. found.Select(static aside => new AsideItem(
            new AsideCursor(aside.At, aside.Guest.Hash, aside.Sequence), aside.Name, aside.EventId, aside.Type,
            aside.Code)
        {
            Warnings = Views.OfWarnings(aside.Warnings),
        })];
    }

    public async Task<IReadOnlyList<BacklogItem>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit)
    {
        var found = await index.ReadBacklogAsync(
            new BacklogQuery(Tenant, hotOnly, after, limit), CancellationToken.None);
        return [.. found.Select(static guest => new BacklogItem(
            guest.Guest.Hash, guest.Name, guest.Undelivered, guest.WaitingSince, guest.Block,
            guest.Undelivered >= GuestListing.HotFrom))];
    }

    public async Task<IReadOnlyList<AuditItem>> ReadAuditAsync(string? by, string? guest, long? before, int limit)
    {
        var found = await index.ReadAuditAsync(
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
        var counts = await index.CountAsync(Tenant, most, CancellationToken.None);
        return new TenantCountsView(counts.Waiting, counts.Hot, counts.Quarantined, counts.InDoubt)
        {
            WaitingSince = counts.WaitingSince,
        };
    }
}
