using GuestSessions.Api.Authentication;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Validation;

/// <summary>The dry run of the ingest calls.</summary>
internal static class ValidationEndpoints
{
    public static void AddValidation(this IServiceCollection services)
    {
        services.AddSingleton<EventValidation>();
        services.AddSingleton<NewGuestValidation>();
    }

    public static void MapValidation(this IEndpointRouteBuilder api)
        => api.MapPost("/v1/validate",
                (HttpContext context, [FromServices] EventValidation validation) => validation.PostAsync(context))
            .RequireScope(Scopes.Ingest)
            .WithTags("Ingest")
            .WithName("ValidateEvents")
            .WithSummary("Answers what would happen to events or identifiers, and stores nothing.")
            .Takes<GuestEnvelopeBody>(JsonAnswer.ContentType)
            .Takes<EventsBody>(JsonAnswer.ContentType)
            .Takes<GuestEnvelopeBody[]>(JsonAnswer.ContentType)
            .Takes<IdentifiersBody>(JsonAnswer.ContentType)
            .Takes<GuestEnvelopeBody>(Ndjson.ContentType)
            .Answers<BulkAnswer>(StatusCodes.Status200OK)
            .Refuses(408, 413, 415, 422);
}
