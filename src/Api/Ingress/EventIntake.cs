using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Overload;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>Takes events of SDKs, one per request, in the body or in the query.</summary>
internal sealed class EventIntake(
    IngressTenants tenants,
    SdkEventRecorder recorder,
    IngestOptions limits,
    IngressInstruments instruments,
    Admission admission)
{
    private const string SiteQuery = "siteId";

    /// <summary><c>GET …/event/create.json?message=</c></summary>
    public Task<IResult> GetAsync(HttpContext context)
    {
        if (!QueryMessage.TryRead(context.Request.QueryString.Value, out var message))
            return Task.FromResult(
                Refuse(null, new Violation("message_missing", "/message", "Expected one percent-encoded event.")));
        if (message.Json.Length > limits.EventBytes)
            return Task.FromResult(IngressAnswers.TooLarge(limits.EventBytes));
        return admission.Admits(message.Json.Span)
            ? TakeAsync(context, message.Json, message.Damage)
            : Task.FromResult(IngressAnswers.Overloaded());
    }

    /// <summary><c>POST …/events</c> and <c>POST …/event/create.json</c></summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (RequestBody.IsEncoded(context.Request))
            return IngressAnswers.Error(
                StatusCodes.Status415UnsupportedMediaType, ProblemCodes.UnsupportedMediaType,
                "Send the body as plain JSON, without a Content-Encoding.");

        // Accepts any Content-Type: a beacon sends JSON as text, and the upstream accepts it too.
        var (body, refused) = await RequestBody.ReadAsync(context.Request, limits.EventBytes);
        using (body)
        {
            return refused is null
                ? await TakeAsync(context, body.Bytes)
                : IngressAnswers.TooLarge(limits.EventBytes);
        }
    }

    private async Task<IResult> TakeAsync(HttpContext context, ReadOnlyMemory<byte> body, Violation? damage = null)
    {
        var query = context.Request.Query;
        var whole = LoneSurrogates.Replace(body).Span;
        if (tenants.Find(query, TopLevelText.Find(whole, "client_key"u8)) is not { } tenant)
        {
            // A key that cannot be read is a malformed body, not an unknown key.
            if (!IngressTenants.IsNamedIn(query) && !TopLevelText.IsObject(whole))
                return Refuse(null, new Violation(EventCodes.MalformedJson, "", "Expected one well-formed JSON object."));
            instruments.Refused(null, ProblemCodes.UnknownClientKey);
            return IngressAnswers.UnknownTenant();
        }

        var check = tenant.Events.Read(body, query[SiteQuery] is [{ } site] ? site : null, damage);
        if (check.Event is not { } sdk)
            return Refuse(tenant, check.Fault!);
        try
        {
            return await recorder.RecordAsync(tenant, sdk, context);
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return IngressAnswers.Unavailable();
        }
    }

    private IResult Refuse(IngressTenant? tenant, Violation fault)
    {
        instruments.Refused(tenant?.Name, fault.Code);
        return IngressAnswers.BadRequest(fault);
    }
}
