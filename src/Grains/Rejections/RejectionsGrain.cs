using GuestSessions.Core.Rejections;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.History;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Rejections;

/// <summary>Stores and reads the rejections of one tenant.</summary>
[StatelessWorker]
[GrainType("rejections")]
public sealed class RejectionsGrain(IRejectionStore store, TenantTallies tallies, TimeProvider time) : Grain, IRejectionsGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public async Task AddAsync(IReadOnlyList<Rejection> rejections)
    {
        await store.AppendAsync(Tenant, rejections, CancellationToken.None);
        tallies.Rejected(Tenant, rejections.Count);
    }

    public async Task<RejectionPage> ReadAsync(RejectionRequest request)
    {
        // One item more than requested shows whether there is a next page.
        var found = await store.ReadAsync(
            new RejectionQuery(
                Tenant, request.Code, request.Guest, request.Order, time.GetUtcNow() - IRejectionStore.Age, request.Before,
                request.Limit + 1),
            CancellationToken.None);
        return new RejectionPage(
            [.. found.Take(request.Limit).Select(static listed => listed.Rejection)],
            found.Count > request.Limit ? found[request.Limit - 1].Number : null);
    }
}
