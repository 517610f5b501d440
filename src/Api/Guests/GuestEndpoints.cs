using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Guests;

/// <summary>What support calls.</summary>
internal static class GuestEndpoints
{
    public static void AddGuests(this IServiceCollection services)
    {
        services.AddSingleton<GuestGrains>();
        services.AddSingleton<LinkedGuests>();
        services.AddSingleton<LinkedActs>();
        services.AddSingleton<GuestReads>();
        services.AddSingleton<GuestSearch>();
    }

    public static void MapGuests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/v1/guests/{guest}",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.GetGuestAsync(guest, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadGuest")
            .WithSummary("A guest: identifiers (masked), browser ids, sessions, line and limits.")
            .Answers<GuestBody>(StatusCodes.Status200OK)
            .Refuses(404);

        api.MapGet("/v1/guests/{guest}/browsers",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.GetBrowsersAsync(guest, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadBrowsers")
            .WithSummary("The browsers a guest was named for after their first events, in the order in which it was.")
            .TakesQuery("after", "The next of the page before.")
            .TakesQuery("limit", "1 to 500, 50 by default.")
            .Answers<ItemList<LinkedLineBody>>(StatusCodes.Status200OK)
            .Refuses(404);

        api.MapGet("/v1/guests/{guest}/events",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.GetTimelineAsync(guest, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadTimeline")
            .WithSummary("A guest's timeline in order of acceptance.")
            .TakesQuery("state", "Only events in this state.")
            .TakesQuery("type", "Only events of this type.")
            .TakesQuery("warning", "Only events with this warning, or any: delivered, but….")
            .TakesQuery("order", "oldest, the default, or newest: which end to start from.")
            .TakesQuery("after", "The next of the page before. A filtered page may be short and not the last.")
            .TakesQuery("limit", "1 to 500, 50 by default.")
            .Answers<ItemList<EventItem>>(StatusCodes.Status200OK)
            .Refuses(404);

        api.MapGet("/v1/guests/{guest}/events/{event_id}",
                (string guest, [FromRoute(Name = "event_id")] string eventId, HttpContext context,
                    [FromServices] GuestReads reads) => reads.GetEventAsync(guest, eventId, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("ReadEvent")
            .WithSummary("One event whole: received, sent, every attempt. Personal values are masked.")
            .Answers<EventBody>(StatusCodes.Status200OK)
            .Refuses(404);

        api.MapPost("/v1/guests/search",
                (HttpContext context, [FromServices] GuestSearch search) => search.PostAsync(context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("SearchGuests")
            .WithSummary("Guests by an identifier, a browser id, an order reference or any of them; rejected orders too.")
            .Takes<SearchBody>(JsonAnswer.ContentType)
            .Answers<SearchAnswer>(StatusCodes.Status200OK)
            .Refuses(408, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/flush",
                (string guest, HttpContext context, [FromServices] GuestReads reads)
                    => reads.FlushAsync(guest, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Guests")
            .WithName("FlushGuest")
            .WithSummary("Delivers what waits now, without settle or back-off.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<FlushBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 413, 415, 422);
    }
}
