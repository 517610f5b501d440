using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Delivery;

/// <summary>An operator's calls for a whole tenant's delivery.</summary>
internal static class DeliveryEndpoints
{
    public static void AddDelivery(this IServiceCollection services) => services.AddSingleton<TenantPauses>();

    public static void MapDelivery(this IEndpointRouteBuilder api)
    {
        api.MapPost("/v1/delivery/pause",
                (HttpContext context, [FromServices] TenantPauses pauses) => pauses.PauseAsync(context))
            .RequireScope(Scopes.Admin)
            .WithTags("Delivery")
            .WithName("PauseDelivery")
            .WithSummary("Stops the tenant's delivery on all silos until it is resumed.")
            .Takes<DeliveryActBody>(JsonAnswer.ContentType)
            .Answers<TenantDeliveryBody>(StatusCodes.Status200OK)
            .Refuses(408, 413, 415, 422);

        api.MapPost("/v1/delivery/resume",
                (HttpContext context, [FromServices] TenantPauses pauses) => pauses.ResumeAsync(context))
            .RequireScope(Scopes.Admin)
            .WithTags("Delivery")
            .WithName("ResumeDelivery")
            .WithSummary("Resumes the tenant's delivery, also after signs of a wrong configuration.")
            .Takes<DeliveryActBody>(JsonAnswer.ContentType)
            .Answers<TenantDeliveryBody>(StatusCodes.Status200OK)
            .Refuses(408, 413, 415, 422);
    }
}
