using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>The latest first, in memory.</summary>
public sealed class FakeRejections(FakeCluster cluster) : IRejectionsGrain
{
    private readonly List<RejectionMessage> _kept = [];

    public Task AddAsync(IReadOnlyList<RejectionMessage> rejections)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        lock (_kept)
            _kept.AddRange(rejections);
        return Task.CompletedTask;
    }

    public Task<RejectionPage> ReadAsync(RejectionListing listing)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        lock (_kept)
        {
            var found = _kept.Index().Reverse()
                .Where(at => (listing.Before is null || at.Index < listing.Before)
                    && (listing.Code is null || at.Item.Code == listing.Code)
                    && (listing.Guest is null || at.Item.GuestHash == listing.Guest)
                    && (listing.Order is null || at.Item.OrderHash == listing.Order))
                .ToList();
            return Task.FromResult(new RejectionPage(
                [.. found.Take(listing.Limit).Select(static at => at.Item)],
                found.Count > listing.Limit ? found[listing.Limit - 1].Index : null));
        }
    }
}
