using GuestSessions.Api.Authentication;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Support;

/// <summary>Acts of people on events and guests with delivery problems.</summary>
internal static class SupportEndpoints
{
    public static void AddSupport(this IServiceCollection services)
    {
        services.AddSingleton<EventActs>();
        services.AddSingleton<GuestPauses>();
    }

    public static void MapSupport(this IEndpointRouteBuilder api)
    {
        api.MapPost("/v1/guests/{guest}/events/{event_id}/redrive",
                (string guest, [FromRoute(Name = "event_id")] string eventId, HttpContext context,
                    [FromServices] EventActs acts) => acts.RedriveAsync(guest, eventId, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Support")
            .WithName("RedriveEvent")
            .WithSummary("Puts a quarantined or in-doubt event at the head of the line, unchanged or with a patch.")
            .Takes<RedriveBody>(JsonAnswer.ContentType)
            .Answers<EventBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 409, 410, 413, 415, 422, 429);

        api.MapPost("/v1/guests/{guest}/events/{event_id}/discard",
                (string guest, [FromRoute(Name = "event_id")] string eventId, HttpContext context,
                    [FromServices] EventActs acts) => acts.DiscardAsync(guest, eventId, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Support")
            .WithName("DiscardEvent")
            .WithSummary("Discards a quarantined or in-doubt event.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<EventBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 409, 410, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/events/{event_id}/resolve",
                (string guest, [FromRoute(Name = "event_id")] string eventId, HttpContext context,
                    [FromServices] EventActs acts) => acts.ResolveAsync(guest, eventId, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Support")
            .WithName("ResolveEvent")
            .WithSummary("Records whether a quarantined or in-doubt event arrived.")
            .Takes<ResolveBody>(JsonAnswer.ContentType)
            .Answers<EventBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 409, 410, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/pause",
                (string guest, HttpContext context, [FromServices] GuestPauses pauses)
                    => pauses.PauseAsync(guest, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Support")
            .WithName("PauseGuest")
            .WithSummary("Stops a guest's delivery until it is resumed; a flush does not override it.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<GuestPauseBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 410, 413, 415, 422);

        api.MapPost("/v1/guests/{guest}/resume",
                (string guest, HttpContext context, [FromServices] GuestPauses pauses)
                    => pauses.ResumeAsync(guest, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Support")
            .WithName("ResumeGuest")
            .WithSummary("Resumes a paused guest's delivery.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<GuestPauseBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 410, 413, 415, 422);
    }
}
