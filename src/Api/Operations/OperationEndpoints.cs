using GuestSessions.Api.Authentication;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Operations;

/// <summary>Long-running operations: the call is answered at once, and the work continues in the background.</summary>
internal static class OperationEndpoints
{
    public static void AddOperations(this IServiceCollection services) => services.AddSingleton<BulkOperations>();

    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        api.MapPost("/v1/quarantine/redrive",
                (HttpContext context, [FromServices] BulkOperations operations) => operations.RedriveAsync(context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Operations")
            .WithName("RedriveQuarantine")
            .WithSummary("Redrives every quarantined event that matches the filter; see Location for its progress.")
            .Takes<BulkRedriveBody>(JsonAnswer.ContentType)
            .TakesHeader(OperationIds.Header, OperationIds.Description)
            .Answers<OperationBody>(StatusCodes.Status202Accepted)
            .Refuses(400, 408, 409, 413, 415, 422);

        api.MapGet("/v1/operations/{id}",
                (string id, HttpContext context, [FromServices] BulkOperations operations)
                    => operations.GetAsync(id, context))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operations")
            .WithName("ReadOperation")
            .WithSummary("Reads the progress of a long-running operation.")
            .Answers<OperationBody>(StatusCodes.Status200OK)
            .Refuses(404);
    }
}
