using System.Text;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;

namespace GuestSessions.Emulator.Http;

/// <summary>The operations of the Stream API, in direct and in edge form.</summary>
internal sealed class StreamApiEndpoints(StreamApi upstream, Exchange exchange)
{
    // The Cloud SDK up to 0.1.3 used the second one.
    private static readonly string[] _edgePrefixes = ["/v1/events/v1.2", "/events/v1.2"];

    public void Map(IEndpointRouteBuilder routes)
    {
        MapForm(routes.MapGroup("/v1.2"), http => new Caller(Edge: false, Query.Of(http, "client_key")));
        foreach (var prefix in _edgePrefixes)
        {
            MapForm(routes.MapGroup(prefix), http => new Caller(
                Edge: true, Query.Of(http, "sitecoreContextId"), Query.Of(http, "siteId")));
        }
    }

    private void MapForm(RouteGroupBuilder form, Func<HttpContext, Caller> callerOf)
    {
        form.MapGet("/browser/create.json", http => CreateBrowserAsync(http, callerOf(http)));
        form.MapGet("/browser/{id}/show.json", (HttpContext http, string id) =>
            ShowBrowserAsync(http, callerOf(http), id));
        form.MapGet("/event/create.json", http => EventAsync(
            http, callerOf(http), Encoding.UTF8.GetBytes(Query.Of(http, "message") ?? "")));
        form.MapPost("/event/create.json", http => PostEventAsync(http, callerOf(http)));
        form.MapPost("/events", http => PostEventAsync(http, callerOf(http)));
    }

    private Task CreateBrowserAsync(HttpContext http, Caller caller)
    {
        var request = Arrival.Of(http.Request) with { ClientKey = caller.Credential };
        return exchange.ServeAsync(http, FaultPath.Browser, request, _ => upstream.CreateBrowser(caller));
    }

    private Task ShowBrowserAsync(HttpContext http, Caller caller, string id)
    {
        var request = Arrival.Of(http.Request) with { ClientKey = caller.Credential, BrowserId = id };
        return exchange.ServeAsync(http, FaultPath.Browser, request, _ => upstream.ShowBrowser(caller, id));
    }

    private async Task PostEventAsync(HttpContext http, Caller caller)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        await EventAsync(http, caller, body.ToArray());
    }

    private Task EventAsync(HttpContext http, Caller caller, byte[] body)
    {
        var message = EventMessage.Read(body);
        if (!caller.Edge)
            caller = caller with { Credential = caller.Credential ?? message?.ClientKey };
        var request = Arrival.Of(http.Request) with
        {
            ClientKey = caller.Credential,
            SiteId = caller.SiteId,
            BrowserId = message?.BrowserId,
            Type = message?.Type,
            Body = body,
        };
        return exchange.ServeAsync(
            http, FaultPath.Events, request,
            arrival => upstream.CreateEvent(arrival.Number, caller, message));
    }
}
