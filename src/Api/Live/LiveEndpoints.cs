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
            .WithSummary("Server-sent events: each event of the timeline that changes, as it stands then.")
            .WithDescription(
                "Follows the guest and the latest 64 browsers that it was named for. Begins now, or after the Last-Event-ID that "
                + "a stream before ended with. The first message is of the type open; "
                + "one of the type gap says that what happened in between is not known any more and the timeline is to be read "
                + "anew. Who reads too slowly is cut off, and may come again with the id it got last.")
            .TakesHeader(LiveStreams.LastEventId, "The id of the last message of a stream before.")
            .Answers<EventItem>(StatusCodes.Status200OK, LiveStream.ContentType)
            .Refuses(404);
}
