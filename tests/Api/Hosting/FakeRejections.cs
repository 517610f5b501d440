using GuestSessions.Core.Rejections;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>The latest first, in memory.</summary>
public sealed class FakeRejections(FakeCluster cluster) : IRejectionsGrain
{
    private readonly List<Rejection> _kept = [];

    public Task AddAsync(IReadOnlyList<Rejection> rejections)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        lock (_kept)
            _kept.AddRange(rejections);
        return Task.CompletedTask;
    }

    public Task<RejectionPage> ReadAsync(RejectionRequest request)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        lock (_kept)
        {
            var found = _kept.Index().Reverse()
                .Where(at => (request.Before is null || at.Index < request.Before)
                    && (request.Code is null || at.Item.Code == request.Code)
                    && (request.Guest is null || at.Item.GuestHash == request.Guest)
                    && (request.Order is null || at.Item.OrderHash == request.Order))
                .ToList();
            return Task.FromResult(new RejectionPage(
                [.. found.Take(request.Limit).Select(static at => at.Item)],
                found.Count > request.Limit ? found[request.Limit - 1].Index : null));
        }
    }
}
