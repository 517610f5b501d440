using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// <c>POST /v2/callFlows</c> and <c>POST /v1/personalize</c>: forwards the call once the browser's earlier events are
/// delivered, so that the upstream's decision sees them, or once the wait for them is over.
/// </summary>
internal sealed class Personalization(
    IngressTenants tenants, LocalBrowsers browsers, IBrowserOwners owners, UpstreamGrains upstreams,
    VisitorAddresses visitors, ServiceOptions options, TimeProvider time, IngressInstruments instruments)
{
    public async Task<IResult> PostAsync(HttpContext context, StreamApiForm form)
    {
        var limit = options.Ingest.EventBytes;
        var (body, refused) = await RequestBody.ReadAsync(context.Request, limit);
        using (body)
        {
            if (refused is not null)
                return IngressAnswers.TooLarge(limit);
            if (tenants.Find(context.Request.Query, TopLevelText.Find(body.Bytes.Span, "clientKey"u8)) is not { } tenant)
            {
                instruments.Refused(null, ProblemCodes.UnknownClientKey);
                return IngressAnswers.UnknownTenant();
            }

            if (tenant.Form != form)
                return IngressAnswers.NotServed();
            return await ForwardAsync(tenant, body.Bytes, context);
        }
    }

    private async Task<IResult> ForwardAsync(IngressTenant tenant, ReadOnlyMemory<byte> body, HttpContext context)
    {
        var browserId = TopLevelText.Find(body.Span, "browserId"u8);
        if (browserId is not null && BrowserIds.IsOne(browserId))
        {
            await WaitForEventsAsync(tenant.Name, browserId);
            if (LocalBrowserIds.Is(browserId))
            {
                if (await ResolvedAsync(context, tenant.Name, browserId, body) is not { } resolved)
                    return IngressAnswers.Unavailable();
                body = resolved;
            }
        }

        // Copies the body, because the message must not share the request's own buffer.
        var call = new PersonalizationCall(body.ToArray(), context.Request.Query["siteId"].ToString())
        {
            UserAgent = tenant.ForwardsVisitor ? VisitorAddresses.UserAgentOf(context) : null,
            Address = tenant.ForwardsVisitor ? visitors.Of(context).ToString() : null,
        };
        try
        {
            return IngressAnswers.Relayed(await upstreams.Of(tenant.Name).PersonalizeAsync(call));
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return IngressAnswers.Unavailable();
        }
    }

    private async Task WaitForEventsAsync(string tenant, string browserId)
    {
        var patience = options.Ingress.PersonalizationWait;
        try
        {
            var guest = await owners.OwnerOfAsync(tenant, browserId);
            await browsers.GrainOf(tenant, guest).AwaitDeliveryAsync(browserId, patience).WaitAsync(patience, time);
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            // A decision without the latest event is better than none.
        }
    }

    /// <summary>The body with the upstream's ids instead of local ones; null while the upstream issues none.</summary>
    private async Task<ReadOnlyMemory<byte>?> ResolvedAsync(
        HttpContext context, string tenant, string browserId, ReadOnlyMemory<byte> body)
    {
        try
        {
            if (await browsers.ResolveAsync(context, tenant, browserId) is not { } known
                || JsonNode.Parse(body.Span) is not JsonObject call)
                return null;
            call["browserId"] = known.BrowserId;
            if (call["guestRef"] is JsonValue reference
                && reference.TryGetValue<string>(out var guest) && LocalBrowserIds.Is(guest))
                call["guestRef"] = known.CustomerReference;
            return JsonSerializer.SerializeToUtf8Bytes(call, ApiJson.Default.JsonObject);
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault) || fault is JsonException)
        {
            return null;
        }
    }
}
