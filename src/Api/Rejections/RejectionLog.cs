using System.Collections.Concurrent;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Rejections;

/// <summary>
/// Takes down what is refused and brings it to the tenant's grain, beside the requests: neither does a refusal
/// wait for it, nor can a flood of them hold up anything else.
/// </summary>
internal sealed class RejectionLog(GuestGrains grains, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SideLane<RejectionMessage>> _lanes = new(StringComparer.Ordinal);

    /// <param name="tenant">Whose.</param>
    /// <param name="check">What was read of it.</param>
    /// <param name="result">Why it was refused.</param>
    public void Add(string tenant, EnvelopeCheck check, EventResult result)
        => Add(tenant, result.Code!, result.Errors ?? [], CallerIds.IsValid(check.EventId) ? check.EventId : null, check.Type);

    /// <summary>A request that was refused whole.</summary>
    public void Add(string tenant, Refusal refusal)
        => Add(tenant, refusal.Problem.Code, refusal.Problem.Errors ?? [], eventId: null, type: null);

    private void Add(string tenant, string code, IReadOnlyList<ErrorBody> errors, string? eventId, string? type)
        => LaneOf(tenant).Add(new RejectionMessage(
            time.GetUtcNow(), code, eventId, type is not null && EventTypes.Standard.Contains(type) ? type : null,
            [.. errors.Select(error => new RejectedPath(KnownNames.Mask(error.Path), error.Code))]));

    /// <summary>A page, with everything that this host refused before.</summary>
    public async Task<RejectionPage> ReadAsync(string tenant, long? before, int limit)
    {
        await LaneOf(tenant).BringAsync();
        return await grains.Rejections(tenant).ReadAsync(before, limit);
    }

    private SideLane<RejectionMessage> LaneOf(string tenant)
        => _lanes.GetOrAdd(tenant, name => new SideLane<RejectionMessage>(batch => grains.Rejections(name).AddAsync(batch)));
}
