using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// <c>POST /v1/guests/{guest}/identifiers</c>: stores them, and queues an IDENTITY event when the set has grown or changed.
/// </summary>
internal sealed class GuestIdentifiers(
    TenantCatalog tenants, GuestGrains guests, RejectionLog rejections, IngestOptions limits, TimeProvider time)
{

    public async Task<IResult> PostAsync(string guest, HttpContext context)
    {
        if (RequestBody.CheckType(context.Request, JsonAnswer.ContentType) is { } wrongType)
            return wrongType;
        var tenant = tenants.Of(context);
        if (GuestInPath.Check(guest, limits) is { } wrongGuest)
        {
            rejections.Add(tenant.Name, guest, wrongGuest);
            return wrongGuest;
        }

        var (body, refused) = await RequestBody.ReadAsync(context.Request, limits.EventBytes);
        using (body)
        {
            if (refused is not null)
                return refused;

            var check = tenant.Identifiers.Read(body.Bytes, time.GetUtcNow());
            if (check.Request is { } identifiers)
                return await IdentifyAsync(tenant, guest, identifiers, check.Warnings);
            var invalid = Refuse(check.Errors, check.Warnings);
            rejections.Add(tenant.Name, guest, invalid);
            return invalid;
        }
    }

    private async Task<IResult> IdentifyAsync(
        Tenant tenant, string guest, IdentifiersRequest identifiers, IReadOnlyList<Violation> warnings)
    {
        var (common, missing) = TenantDefaults.For(tenant);
        if (common is null)
            return Refusals.Invalid(missing);

        var answer = await guests.For(tenant.Name, guest).IdentifyAsync(new IdentifyRequest(
            guest,
            identifiers.Identifiers,
            identifiers.Profile,
            Recorder.NewEventId(time.GetUtcNow()),
            common,
            Recorder.TraceParent)
        {
            Warnings = EventWarning.Of(warnings),
        });

        if (answer is not { Event: { } queued, EventId: { } eventId })
            return Accepted(guest, answer.Known, [], ErrorBody.From(warnings));
        var result = EventResult.From(eventId, queued, warnings);
        return result.Status is EventStatus.Accepted or EventStatus.Duplicate
            ? Accepted(guest, answer.Known, [result])
            : IngestAnswers.ForOne(guest, result);
    }

    private static JsonAnswer<IdentifiersAnswer> Accepted(
        string guest, int known, IReadOnlyList<EventResult> results, IReadOnlyList<ErrorBody>? warnings = null)
        => JsonAnswer.Accepted(
            new IdentifiersAnswer(guest, known, results) { Warnings = warnings }, ApiJson.Default.IdentifiersAnswer);

    internal static Refusal Refuse(IReadOnlyList<Violation> errors, IReadOnlyList<Violation> warnings)
        => errors[0].Code == EventCodes.MalformedJson
            ? Refusals.MalformedJson(errors[0].Detail)
            : Refusals.Invalid(errors, warnings);
}
