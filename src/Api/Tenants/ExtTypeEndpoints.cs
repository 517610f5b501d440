using GuestSessions.Api.Authentication;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace GuestSessions.Api.Tenants;

/// <summary>The types on which the warning <c>ext_type_drift</c> is based.</summary>
internal static class ExtTypeEndpoints
{
    public static void MapExtTypes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/v1/ext-types", (HttpContext context, [FromServices] ExtTypeReads types) => types.GetAsync(context))
            .RequireScope(Scopes.Admin)
            .WithTags("Operator")
            .WithName("ListExtTypes")
            .WithSummary("The types of ext attributes, as first seen in events of backends.")
            .TakesQuery("type", "Only attributes of this event type.")
            .TakesPage()
            .Answers<ItemList<ExtTypeBody>>(StatusCodes.Status200OK);

        api.MapPost("/v1/ext-types/reset", (HttpContext context, [FromServices] ExtTypeReads types) => types.ResetAsync(context))
            .RequireScope(Scopes.Admin)
            .WithTags("Operator")
            .WithName("ResetExtTypes")
            .WithSummary("Forgets types of ext attributes; the next type seen becomes the expected one.")
            .Takes<ExtTypesResetBody>(JsonAnswer.ContentType)
            .Answers<ExtTypesResetAnswer>(StatusCodes.Status200OK)
            .Refuses(408, 413, 415, 422);
    }
}
