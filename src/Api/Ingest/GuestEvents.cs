using GuestSessions.Api.Errors;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary><c>POST /v1/guests/{guest}/events</c>: one envelope, or <c>{"events":[…]}</c>.</summary>
internal sealed class GuestEvents(
    TenantCatalog tenants, Recorder recorder, RejectionLog rejections, IngestOptions limits)
{
    public async Task<IResult> PostAsync(string guest, HttpContext context)
    {
        if (RequestBody.CheckType(context.Request, JsonAnswer.ContentType) is { } wrongType)
            return wrongType;
        var tenant = tenants.Of(context);
        var (body, refused) = await RequestBody.ReadAsync(context.Request, limits.BatchBytes);
        using (body)
        {
            if (GuestInPath.Check(guest, limits) is { } wrongGuest)
            {
                rejections.Add(tenant.Name, guest, wrongGuest, refused is null ? body.Bytes : default);
                return wrongGuest;
            }

            if (refused is not null)
                return refused;
            if (EnvelopeSplitter.KindOf(body.Bytes.Span) == BodyKind.Batch)
                return await PostManyAsync(tenant, guest, body.Bytes);
            var results = await recorder.RecordAsync(tenant, guest, [tenant.Envelopes.Read(body.Bytes)]);
            return IngestAnswers.ForOne(guest, results[0]);
        }
    }

    private async Task<IResult> PostManyAsync(Tenant tenant, string guest, ReadOnlyMemory<byte> body)
    {
        var split = EnvelopeSplitter.Batch(body, limits.BatchEvents, tenant.Envelopes);
        if (split.Refused is { } refused)
        {
            rejections.AddBatch(tenant.Name, guest, refused, body);
            return refused;
        }

        if (split.Envelopes.Count > limits.BatchEvents)
            return Refusals.TooManyEvents(limits.BatchEvents);

        EnvelopeCheck[] checks = [.. split.Envelopes.Select(tenant.Envelopes.Read)];
        var results = await recorder.RecordAsync(tenant, guest, checks);
        return IngestAnswers.ForMany(
            JsonAnswer.Accepted(new IngestAnswer(guest, results), ApiJson.Default.IngestAnswer), results);
    }
}
