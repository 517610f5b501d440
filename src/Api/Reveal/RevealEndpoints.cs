using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Reveal;

/// <summary>The one call that answers with a personal value.</summary>
internal static class RevealEndpoints
{
    public static void AddReveal(this IServiceCollection services) => services.AddSingleton<Reveals>();

    public static void MapReveal(this IEndpointRouteBuilder api) => api
        .MapPost("/v1/guests/{guest}/reveal",
            static (string guest, HttpContext context, [FromServices] Reveals reveals) => reveals.RevealAsync(guest, context))
        .RequireScope(Scopes.SupportReveal)
        .WithTags("Support")
        .WithName("RevealValue")
        .WithSummary("Answers with one value that a guest or an event shows masked; audited, with a quota for each person.")
        .Takes<RevealBody>(JsonAnswer.ContentType)
        .Answers<RevealedBody>(StatusCodes.Status200OK)
        .Refuses(404, 408, 409, 410, 413, 415, 422, 429);
}
