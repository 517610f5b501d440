using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Replay;

/// <summary>Self-service redelivery of a guest's delivered events.</summary>
internal static class ReplayEndpoints
{
    public static void AddReplay(this IServiceCollection services) => services.AddSingleton<GuestReplays>();

    public static void MapReplay(this IEndpointRouteBuilder api) =>
        api.MapPost("/v1/guests/{guest}/replay",
                (string guest, HttpContext context, [FromServices] GuestReplays replays)
                    => replays.PostAsync(guest, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Support")
            .WithName("ReplayGuest")
            .WithSummary("Delivers a range of delivered events again (progress at Location), or shows what would be sent.")
            .Takes<ReplayBody>(JsonAnswer.ContentType)
            .TakesHeader(OperationIds.Header, OperationIds.Description)
            .Answers<ReplayPreviewBody>(StatusCodes.Status200OK)
            .Answers<OperationBody>(StatusCodes.Status202Accepted)
            .Refuses(400, 404, 408, 409, 410, 413, 415, 422);
}
