using GuestSessions.Api.Authentication;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Overload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Live;

/// <summary>A guest's timeline as it happens.</summary>
internal static class LiveEndpoints
{
    public static void AddLive(this IServiceCollection services) => services.AddSingleton<LiveStreams>();

    public static void MapLive(this IEndpointRouteBuilder api) =>
        api.MapGet("/v1/guests/{guest}/live",
                (string guest, HttpContext context, [FromServices] LiveStreams streams)
                    => streams.OpenAsync(guest, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Guests")
            .WithName("WatchGuest")
            .WithImportance(Importance.Bulk, staysLong: true)
            .WithSummary("Server-sent events: each event of the timeline that changes, with its current state.")
            .WithDescription(
                "Follows the guest and the latest 64 browsers that it was named for. Begins now, or after the Last-Event-ID "
                + "of an earlier stream. The first message has the type open. "
                + "A message of the type gap means that changes in between are no longer known: read the timeline anew. "
                + "The service cuts off a client that reads too slowly; reconnect with the last id received.")
            .TakesHeader(LiveStreams.LastEventId, "The id of the last message of an earlier stream.")
            .Answers<EventItem>(StatusCodes.Status200OK, LiveStream.ContentType)
            .Refuses(404, 410);
}
