using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Guests;

/// <summary>The calls with which support reads and flushes a guest.</summary>
internal static class GuestEndpoints
{
    public static void AddGuests(this IServiceCollection services)
    {
        services.AddSingleton<GuestGrains>();
        services.AddSingleton<LinkedGuests>();
        services.AddSingleton<LinkedActs>();
        services.AddSingleton<MissingGuests>();
        services.AddSingleton<GuestReads>();
        services.AddSingleton<GuestSpellings>();
        services.AddSingleton<SearchHits>();
        services.AddSingleton<GuestSearch>();
    }

    public static void MapGuests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/v1/guests/{guest}",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.GetGuestAsync(guest, Caller.Of(context)))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadGuest")
            .WithSummary("A guest: identifiers (masked), browser ids, sessions, line and limits.")
            .Answers<GuestBody>(StatusCodes.Status200OK)
            .Refuses(404, 410);

        api.MapGet("/v1/guests/{guest}/browsers",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.GetBrowsersAsync(guest, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadBrowsers")
            .WithSummary("The browsers that were anonymous before the guest was named for them, in the order of naming.")
            .TakesPage()
            .Answers<ItemList<LinkedLineBody>>(StatusCodes.Status200OK)
            .Refuses(404, 410);

        api.MapGet("/v1/guests/{guest}/events",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.GetTimelineAsync(guest, Caller.Of(context), context.Request.Query))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadTimeline")
            .WithSummary("A guest's timeline in order of acceptance.")
            .TakesQuery("state", "Only events in this state.")
            .TakesQuery("type", "Only events of this type.")
            .TakesQuery("warning", "Only events with this warning; any for events with any warning.")
            .TakesQuery(TimelineRequest.NotState, "No events in these states; several with commas.")
            .TakesQuery(TimelineRequest.NotType, "No events of these types; several with commas.")
            .TakesQuery(TimelineRequest.From, "Only events received at or after this time.")
            .TakesQuery(TimelineRequest.To, "Only events received before this time.")
            .TakesQuery("order", "oldest (default) or newest: which end to start from.")
            .TakesPage("The next of the previous page. A filtered page may be short without being the last.")
            .Answers<ItemList<EventItem>>(StatusCodes.Status200OK)
            .Refuses(404, 410);

        api.MapGet("/v1/guests/{guest}/events/{event_id}",
                (string guest, [FromRoute(Name = "event_id")] string eventId, HttpContext context,
                    [FromServices] GuestReads reads) => reads.GetEventAsync(guest, eventId, Caller.Of(context)))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadEvent")
            .WithSummary("One complete event: received, sent, every attempt. Personal values are masked.")
            .Answers<EventBody>(StatusCodes.Status200OK)
            .Refuses(404, 410);

        api.MapPost("/v1/guests/search",
                (HttpContext context, [FromServices] GuestSearch search) => search.PostAsync(context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("SearchGuests")
            .WithSummary("Finds guests by an identifier, a browser id or an order reference; finds rejected orders too.")
            .Takes<SearchBody>(JsonAnswer.ContentType)
            .Answers<SearchAnswer>(StatusCodes.Status200OK)
            .Refuses(408, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/flush",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.FlushAsync(guest, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Guests")
            .WithName("FlushGuest")
            .WithSummary("Delivers the waiting events now, without settle or back-off.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<FlushBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 410, 413, 415, 422);
    }
}
