using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Rejections;

/// <summary>
/// Takes down what is rejected and brings it to the store in batches, beside the requests: neither does an answer wait for
/// it, nor can a flood of rejections hold up anything else.
/// </summary>
internal sealed class RejectionLog(GuestGrains grains, GuestKeyring keyring, TimeProvider time, IMeterFactory meters)
{
    /// <summary>Rejections that come within it are stored together.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, BackgroundBatcher<RejectionMessage>> _batchers = new(StringComparer.Ordinal);

    private readonly Counter<long> _skipped = meters.Create("GuestSessions").CreateCounter<long>(
        "sessions.rejections.skipped", "{rejection}", "Rejections that are in no list, because too many came at once.");

    /// <param name="tenant">Whose.</param>
    /// <param name="guest">The guest that the request names; null where only the envelope does.</param>
    /// <param name="check">What was read of it.</param>
    /// <param name="result">Why it was rejected.</param>
    public void Add(string tenant, string? guest, EnvelopeCheck check, EventResult result) => Add(
        tenant, new RejectionSubject(guest ?? check.Guest, check.OrderReference), result.Code!, result.Errors ?? [],
        CallerIds.IsValid(check.EventId) ? check.EventId : null, check.Type);

    /// <summary>A request that was rejected whole.</summary>
    public void Add(string tenant, string? guest, Refusal refusal) => Add(
        tenant, new RejectionSubject(guest, null), refusal.Problem.Code, refusal.Problem.Errors ?? [], eventId: null, type: null);

    private void Add(
        string tenant, RejectionSubject subject, string code, IReadOnlyList<ErrorBody> errors, string? eventId, string? type)
        => BatcherOf(tenant).Add(new RejectionMessage(
            time.GetUtcNow(), code, eventId, type is not null && EventTypes.Standard.Contains(type) ? type : null,
            [.. errors.Select(error => new RejectedPathMessage(KnownNames.Mask(error.Path), error.Code))])
        {
            Guest = subject.ShownGuest,
            OrderReference = subject.ShownOrder,
            GuestHash = subject.GuestHash(keyring, tenant),
            OrderHash = subject.OrderHash(keyring, tenant),
        });

    /// <summary>A page, with everything that this host rejected before.</summary>
    public async Task<RejectionPage> ReadAsync(
        string tenant, string? code, string? guest, string? orderReference, long? before, int limit)
    {
        await BatcherOf(tenant).BringAsync();
        return await grains.Rejections(tenant).ReadAsync(new RejectionRequest(
            code,
            guest is null ? null : RejectionSubject.HashOfGuest(keyring, tenant, guest),
            orderReference is null ? null : RejectionSubject.HashOfOrder(keyring, tenant, orderReference),
            before, limit));
    }

    private BackgroundBatcher<RejectionMessage> BatcherOf(string tenant) => _batchers.GetOrAdd(tenant, name => new BackgroundBatcher<RejectionMessage>(
        batch => grains.Rejections(name).AddAsync(batch), new BackgroundBatcherBounds(Linger, time, () => _skipped.Add(1))));
}
