using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Core.Rejections;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Rejections;

/// <summary>
/// Collects rejections and stores them in batches in the background. No answer waits for them, and a flood of rejections
/// cannot delay anything else.
/// </summary>
internal sealed class RejectionLog(
    GuestGrains grains, GuestKeyring keyring, IngestOptions limits, TimeProvider time, IMeterFactory meters)
{
    /// <summary>Rejections that arrive within this time are stored together.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, BackgroundBatcher<Rejection>> _batchers = new(StringComparer.Ordinal);

    private readonly Counter<long> _rejected = meters.Create("GuestSessions").CreateCounter<long>(
        "sessions.events.rejected", "{event}", "Rejected events, by code.");

    private readonly Counter<long> _skipped = meters.Create("GuestSessions").CreateCounter<long>(
        "sessions.rejections.skipped", "{rejection}", "Rejections that were not listed, because too many arrived at once.");

    /// <param name="tenant">The tenant of the event.</param>
    /// <param name="guest">The guest that the request names; null if only the envelope does.</param>
    /// <param name="check">What could be read of the event.</param>
    /// <param name="result">Why the event was rejected.</param>
    public void Add(string tenant, string? guest, EnvelopeCheck check, EventResult result) =>
        Add(tenant, guest, check.Subjects, result.Code!, result.Errors ?? []);

    /// <summary>Adds a request that was rejected as a whole.</summary>
    public void Add(string tenant, string? guest, Refusal refusal) => Add(tenant, guest, refusal, default);

    /// <summary>Adds a request that was rejected as a whole, once for each event in it.</summary>
    /// <param name="tenant">The tenant of the request.</param>
    /// <param name="guest">The guest that the request names; null if only the envelopes do.</param>
    /// <param name="refusal">Why it was rejected.</param>
    /// <param name="body">As it came; empty if it was not read.</param>
    public void Add(string tenant, string? guest, Refusal refusal, ReadOnlyMemory<byte> body) => Add(
        tenant, guest, EventSubject.AllOf(body, limits.BatchEvents), refusal.Problem.Code, refusal.Problem.Errors ?? []);

    /// <summary>A batch that could not be split; an empty one held nothing that was rejected.</summary>
    public void AddBatch(string tenant, string? guest, Refusal refusal, ReadOnlyMemory<byte> body)
    {
        if (EventCodes.Rejections.Contains(refusal.Problem.Code))
            Add(tenant, guest, refusal, body);
    }

    private void Add(
        string tenant, string? guest, IReadOnlyList<EventSubject> subjects, string code, IReadOnlyList<ErrorBody> errors)
    {
        foreach (var subject in subjects)
            Add(tenant, new RejectionSubject(guest ?? subject.Guest, subject.OrderReference), code, errors,
                subject.EventId, subject.Type);
    }

    private void Add(
        string tenant, RejectionSubject subject, string code, IReadOnlyList<ErrorBody> errors, string? eventId, string? type)
    {
        _rejected.Add(1, new("tenant", tenant), new("code", code));
        // Nothing may bring back what was erased: such a rejection names no guest, no order and no event.
        if (code == EventCodes.GuestErased)
            (subject, eventId) = (default, null);
        BatcherOf(tenant).Add(new Rejection(
            time.GetUtcNow(), code, CallerIds.IsValid(eventId) ? eventId : null,
            type is not null && EventTypes.Standard.Contains(type) ? type : null,
            subject.ShownGuest, subject.ShownOrder,
            [.. errors.Select(error => new RejectedPath(KnownNames.Mask(error.Path), error.Code))])
        {
            GuestHash = subject.GuestHash(keyring, tenant),
            OrderHash = subject.OrderHash(keyring, tenant),
        });
    }

    /// <summary>Reads a page, after storing everything that this host rejected before.</summary>
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

    private BackgroundBatcher<Rejection> BatcherOf(string tenant) => _batchers.GetOrAdd(tenant, name => new BackgroundBatcher<Rejection>(
        batch => grains.Rejections(name).AddAsync(batch), new BackgroundBatcherBounds(Linger, time, () => _skipped.Add(1))));
}
