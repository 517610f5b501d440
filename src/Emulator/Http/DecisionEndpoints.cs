using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;

namespace GuestSessions.Emulator.Http;

/// <summary>
/// The personalization calls on the same host. The emulator personalizes nothing: it answers which events of the browser a
/// decision would have seen, so that tests can check the order of events and decisions.
/// </summary>
internal sealed class DecisionEndpoints(StreamApi upstream, Exchange exchange)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/callFlows", http => DecideAsync(http, edge: false));
        routes.MapPost("/v1/personalize", http => DecideAsync(http, edge: true));
    }

    private async Task DecideAsync(HttpContext http, bool edge)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var message = DecisionMessage.Read(body.ToArray());
        var caller = edge
            ? new Caller(Edge: true, Query.Of(http, "sitecoreContextId"), Query.Of(http, "siteId"))
            : new Caller(Edge: false, message?.ClientKey);
        var request = Arrival.Of(http.Request) with
        {
            ClientKey = caller.Credential,
            SiteId = caller.SiteId,
            BrowserId = message?.BrowserId,
        };
        await exchange.ServeAsync(
            http, FaultPath.Decisions, request, arrival => upstream.Decide(arrival.Number, caller, message));
    }
}
