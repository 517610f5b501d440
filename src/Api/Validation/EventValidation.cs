using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Validation;

/// <summary>
/// <c>POST /v1/validate</c>: takes the bodies of the ingest calls and answers what would happen to them. Events that name
/// their guest are checked against that guest's sessions; events without a guest are checked as those of a new guest.
/// </summary>
internal sealed class EventValidation(
    TenantCatalog tenants, Recorder recorder, NewGuestValidation newGuest, IngestOptions limits, TimeProvider time)
{
    public async Task<IResult> PostAsync(HttpContext context)
    {
        var lines = RequestBody.Is(context.Request, Ndjson.ContentType);
        if (RequestBody.IsEncoded(context.Request)
            || (!lines && !RequestBody.Is(context.Request, JsonAnswer.ContentType)))
            return Refusals.UnsupportedMediaType($"{JsonAnswer.ContentType} or {Ndjson.ContentType}");

        var (body, refused) = await RequestBody.ReadAsync(context.Request, limits.BatchBytes);
        using (body)
        {
            if (refused is not null)
                return refused;
            var tenant = tenants.Of(context);
            if (!lines && EnvelopeSplitter.KindOf(body.Bytes.Span) == BodyKind.Identifiers)
                return Identifiers(tenant, body.Bytes);
            var split = Split(tenant, body.Bytes, lines);
            if (split.Refused is { } malformed)
                return malformed;
            return split.Envelopes.Count > limits.BatchEvents
                ? Refusals.TooManyEvents(limits.BatchEvents)
                : await EventsAsync(tenant, split.Envelopes);
        }
    }

    private Split Split(Tenant tenant, ReadOnlyMemory<byte> body, bool lines)
    {
        if (lines)
            return Ndjson.Split(body, limits.StreamLines) is { } split
                ? Ingest.Split.Of([.. split.Select(line => line.Bytes)], "")
                : new Split([], Refusals.TooManyEvents(limits.BatchEvents));
        return EnvelopeSplitter.KindOf(body.Span) switch
        {
            BodyKind.Batch => EnvelopeSplitter.Batch(body, limits.BatchEvents, tenant.DryRun),
            BodyKind.Array => EnvelopeSplitter.Array(body, limits.BatchEvents, tenant.DryRun),
            _ => new Split([body], null),
        };
    }

    private async Task<IResult> EventsAsync(Tenant tenant, IReadOnlyList<ReadOnlyMemory<byte>> envelopes)
    {
        EnvelopeCheck[] checks = [.. envelopes.Select(tenant.DryRun.Read)];
        var results = new EventResult[checks.Length];
        foreach (var guest in Enumerable.Range(0, checks.Length).GroupBy(at => checks[at].Guest))
        {
            int[] places = [.. guest];
            EnvelopeCheck[] own = [.. places.Select(at => checks[at])];
            var answers = guest.Key is { } name && CallerIds.IsValid(name)
                ? await recorder.ValidateAsync(tenant, name, own)
                : newGuest.Validate(tenant, own);
            for (var at = 0; at < places.Length; at++)
                results[places[at]] = answers[at] with { Guest = guest.Key, Sequence = null };
        }

        return Answer(results);
    }

    private JsonAnswer<BulkAnswer> Identifiers(Tenant tenant, ReadOnlyMemory<byte> body)
    {
        var check = tenant.Identifiers.Read(body, time.GetUtcNow());
        return Answer([check.Request is null
            ? EventResult.Rejected(null, check.Errors, check.Warnings)
            : new EventResult { Status = EventStatus.Accepted, Warnings = ErrorBody.From(check.Warnings) }]);
    }

    private static JsonAnswer<BulkAnswer> Answer(IReadOnlyList<EventResult> results)
        => JsonAnswer.Ok(new BulkAnswer(results), ApiJson.Default.BulkAnswer);
}
