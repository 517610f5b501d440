using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Rejections;

/// <summary>The rejections of one tenant, in a ring.</summary>
[GrainType("rejections")]
[CollectionAgeLimit(AlwaysActive = true)]
public sealed class RejectionsGrain(TimeProvider time) : Grain, IRejectionsGrain
{
    private readonly RejectionRing _ring = new(time.GetUtcNow().UtcTicks);

    public Task AddAsync(IReadOnlyList<RejectionMessage> rejections)
    {
        foreach (var rejection in rejections)
            _ring.Add(rejection);
        return Task.CompletedTask;
    }

    public Task<RejectionPage> ReadAsync(long? before, int limit) =>
        Task.FromResult(_ring.Read(before, limit, time.GetUtcNow()));
}
