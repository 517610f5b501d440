using GuestSessions.Core.Rejections;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Rejections;

/// <summary>Stores the rejections of one tenant, and finds them.</summary>
[StatelessWorker]
[GrainType("rejections")]
public sealed class RejectionsGrain(IRejectionStore store, TimeProvider time) : Grain, IRejectionsGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public Task AddAsync(IReadOnlyList<RejectionMessage> rejections) =>
        store.AppendAsync(Tenant, [.. rejections.Select(ToRejection)], CancellationToken.None);

    public async Task<RejectionPage> ReadAsync(RejectionRequest request)
    {
        // One more than asked for tells whether there is a next page.
        var found = await store.ReadAsync(
            new RejectionQuery(
                Tenant, request.Code, request.Guest, request.Order, time.GetUtcNow() - IRejectionStore.Age, request.Before,
                request.Limit + 1),
            CancellationToken.None);
        return new RejectionPage(
            [.. found.Take(request.Limit).Select(static listed => ToMessage(listed.Rejection))],
            found.Count > request.Limit ? found[request.Limit - 1].Number : null);
    }

    internal static Rejection ToRejection(RejectionMessage message) => new(
        message.At, message.Code, message.EventId, message.Type, message.Guest, message.OrderReference,
        [.. message.Errors.Select(static error => new RejectedPath(error.Path, error.Code))])
    {
        GuestHash = message.GuestHash,
        OrderHash = message.OrderHash,
    };

    internal static RejectionMessage ToMessage(Rejection rejection) => new(
        rejection.At, rejection.Code, rejection.EventId, rejection.Type,
        [.. rejection.Errors.Select(static error => new RejectedPathMessage(error.Path, error.Code))])
    {
        Guest = rejection.Guest,
        OrderReference = rejection.OrderReference,
    };
}
