using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingress;

/// <summary><c>GET …/browser/{id}/show.json</c>: the upstream's answer, with the id that the caller knows.</summary>
internal sealed class BrowserLookup(
    IngressTenants tenants, LocalBrowsers browsers, UpstreamGrains upstreams, IngressInstruments instruments)
{
    public async Task<IResult> ShowAsync(string browserId, HttpContext context)
    {
        if (tenants.Find(context.Request.Query) is not { } tenant)
        {
            instruments.Refused(null, ProblemCodes.UnknownClientKey);
            return IngressAnswers.UnknownTenant();
        }

        if (!BrowserIds.IsOne(browserId))
        {
            instruments.Refused(tenant.Name, SdkEventReader.BrowserIdUnusable);
            return IngressAnswers.BadRequest(new Violation(
                SdkEventReader.BrowserIdUnusable, "/browser_id", "Expected a UUID issued by the Stream API."));
        }

        try
        {
            if (await browsers.ResolveAsync(context, tenant.Name, browserId) is not { } known)
                return IngressAnswers.Unavailable();
            var answer = await upstreams.Of(tenant.Name).ShowBrowserAsync(known.BrowserId);
            return IngressAnswers.Relayed(known.BrowserId == browserId ? answer : Renamed(answer, browserId));
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
            return IngressAnswers.Unavailable();
        }
    }

    private static RelayedAnswer Renamed(RelayedAnswer answer, string browserId)
    {
        try
        {
            if (JsonNode.Parse(answer.Body.Span) is not JsonObject body || !body.ContainsKey("ref"))
                return answer;
            body["ref"] = browserId;
            return answer with { Body = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.JsonObject) };
        }
        catch (JsonException)
        {
            return answer;
        }
    }
}
