using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Overload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Ingest;

/// <summary>The calls of app backends.</summary>
internal static class IngestEndpoints
{
    public static void AddIngest(this IServiceCollection services)
    {
        services.AddSingleton<Recorder>();
        services.AddSingleton<BulkRecorder>();
        services.AddSingleton<GuestEvents>();
        services.AddSingleton<GuestIdentifiers>();
        services.AddSingleton<BulkEvents>();
        services.AddSingleton<BulkMemory>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<SessionClosing>();
    }

    public static void MapIngest(this IEndpointRouteBuilder api)
    {
        // The path of nearly all requests: without services of its own, a request needs no scope of services. Its parts
        // exist only once the journal is open.
        var events = new Lazy<GuestEvents>(api.ServiceProvider.GetRequiredService<GuestEvents>);
        api.MapPost("/v1/guests/{guest}/events",
                (string guest, HttpContext context) => events.Value.PostAsync(guest, context))
            .RequireScope(Scopes.Ingest)
            .WithTags("Ingest")
            .WithName("RecordEvents")
            .WithImportance(Importance.Critical, isMeasured: true, byBody: true)
            .WithSummary("Records one event of a guest, or several in their order.")
            .Takes<EnvelopeBody>(JsonAnswer.ContentType)
            .Takes<EventsBody>(JsonAnswer.ContentType)
            .Answers<IngestAnswer>(StatusCodes.Status202Accepted)
            .Refuses(408, 409, 410, 413, 415, 422, 429);

        api.MapPost("/v1/guests/{guest}/identifiers",
                (string guest, HttpContext context, [FromServices] GuestIdentifiers identifiers)
                    => identifiers.PostAsync(guest, context))
            .RequireScope(Scopes.Ingest)
            .WithTags("Ingest")
            .WithName("RememberIdentifiers")
            .WithImportance(Importance.Critical, isMeasured: true)
            .WithSummary("Stores identifiers, and queues an IDENTITY event when the set has grown or changed.")
            .Takes<IdentifiersBody>(JsonAnswer.ContentType)
            .Answers<IdentifiersAnswer>(StatusCodes.Status202Accepted)
            .Refuses(408, 410, 413, 415, 422, 429);

        api.MapPost("/v1/events",
                (HttpContext context, [FromServices] BulkEvents events) => events.PostAsync(context))
            .RequireScope(Scopes.Ingest)
            .WithTags("Ingest")
            .WithName("RecordEventsOfManyGuests")
            .WithImportance(Importance.Critical, byBody: true)
            .WaitsFor(BulkEvents.BytesOf, mayStream: true)
            .WithSummary("Records events of many guests, each guest's own in the order of the request.")
            .Takes<GuestEnvelopeBody[]>(JsonAnswer.ContentType)
            .Takes<GuestEnvelopeBody>(Ndjson.ContentType)
            .Answers<BulkAnswer>(StatusCodes.Status202Accepted)
            .Answers<EventResult>(StatusCodes.Status200OK, Ndjson.ContentType)
            .Refuses(408, 413, 415, 422, 429);

        api.MapPost("/v1/guests/{guest}/sessions/close",
                (string guest, HttpContext context, [FromServices] SessionClosing closing)
                    => closing.PostAsync(guest, context))
            .RequireScope(Scopes.Ingest)
            .WithTags("Ingest")
            .WithName("CloseSessions")
            .WithImportance(Importance.Event)
            .WithSummary("Closes a guest's open sessions; sends FORCE_CLOSE only where the tenant allows it.")
            .Answers<ClosingAnswer>(StatusCodes.Status200OK)
            .Refuses(404, 410);
    }
}
