using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Rejections;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>The ring of a silo, without the silo.</summary>
public sealed class FakeRejections(FakeCluster cluster) : IRejectionsGrain
{
    private readonly RejectionRing _ring = new(start: 1);

    public Task AddAsync(IReadOnlyList<RejectionMessage> rejections)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        lock (_ring)
        {
            foreach (var rejection in rejections)
                _ring.Add(rejection);
        }

        return Task.CompletedTask;
    }

    public Task<RejectionPage> ReadAsync(long? before, int limit)
    {
        if (cluster.Fault is { } fault)
            throw fault;
        lock (_ring)
            return Task.FromResult(_ring.Read(before, limit, ApiHost.Now));
    }
}
