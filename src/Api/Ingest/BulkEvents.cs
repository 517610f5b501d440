using GuestSessions.Api.Errors;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// <c>POST /v1/events</c>: events of many guests, as a JSON array or as NDJSON. Over HTTP/1.1 NDJSON is a body
/// like any other; over HTTP/2 it is a stream that is answered while it arrives.
/// </summary>
internal sealed class BulkEvents(
    TenantCatalog tenants,
    BulkRecorder recorder,
    RejectionLog rejections,
    EventStreams streams,
    BulkMemory memory,
    IngestOptions limits)
{
    /// <summary>Maximum size of a body; a stream over HTTP/2 has no bound.</summary>
    public static int BytesOf(IngestOptions limits, HttpRequest request) =>
        RequestBody.Is(request, Ndjson.ContentType) ? limits.StreamBytes : limits.BatchBytes;

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var lines = RequestBody.Is(context.Request, Ndjson.ContentType);
        if (RequestBody.IsEncoded(context.Request)
            || (!lines && !RequestBody.Is(context.Request, JsonAnswer.ContentType)))
            return Refusals.UnsupportedMediaType($"{JsonAnswer.ContentType} or {Ndjson.ContentType}");

        var tenant = tenants.Of(context);
        if (EventStreams.IsOne(context.Request))
            return streams.Open(tenant);

        using var share = memory.Open();
        var (body, refused) = await RequestBody.ReadAsync(
            context.Request, BytesOf(limits, context.Request), share);
        using (body)
        {
            if (refused is not null)
                return refused;
            return lines
                ? await PostLinesAsync(tenant, body.Bytes)
                : await PostArrayAsync(tenant, body.Bytes);
        }
    }

    private async Task<IResult> PostArrayAsync(Tenant tenant, ReadOnlyMemory<byte> body)
    {
        var split = EnvelopeSplitter.Array(body, limits.BatchEvents, tenant.Envelopes);
        if (split.Refused is { } refused)
        {
            rejections.AddBatch(tenant.Name, guest: null, refused, body);
            return refused;
        }

        if (split.Envelopes.Count > limits.BatchEvents)
            return Refusals.TooManyEvents(limits.BatchEvents);

        var results = await recorder.RecordAsync(tenant, [.. split.Envelopes.Select(tenant.Envelopes.Read)]);
        return IngestAnswers.ForMany(
            JsonAnswer.Accepted(new BulkAnswer(results), ApiJson.Default.BulkAnswer), results);
    }

    /// <summary>
    /// The whole body has arrived before its first event is recorded, so that a 413 stores nothing.
    /// </summary>
    private async Task<IResult> PostLinesAsync(Tenant tenant, ReadOnlyMemory<byte> body)
    {
        if (Ndjson.Split(body, limits.StreamLines) is not { } lines)
            return Refusals.TooManyEvents(limits.StreamLines);

        var results = await recorder.RecordAsync(
            tenant, [.. lines.Select(line => tenant.Envelopes.Read(line.Bytes))]);
        for (var at = 0; at < results.Length; at++)
            results[at] = results[at] with { Line = lines[at].Number };
        return new NdjsonAnswer(results);
    }
}
