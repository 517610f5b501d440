using GuestSessions.Api.Authentication;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Support;
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
        api.MapBulkAct(
            "/v1/quarantine/redrive", BulkKind.Redrive, "RedriveQuarantine", "Redrives every quarantined event that matches the filter");
        api.MapBulkAct(
            "/v1/quarantine/discard", BulkKind.Discard, "DiscardQuarantine", "Gives up every quarantined event that matches the filter");
        api.MapBulkAct(
            "/v1/in-doubt/redrive", BulkKind.RedriveInDoubt, "RedriveInDoubt", "Redrives every event in doubt that matches the filter");
        api.MapBulkAct(
            "/v1/in-doubt/resolve", BulkKind.Resolve, "ResolveInDoubt",
            "Records of every event in doubt that matches the filter whether it was delivered");

        api.MapGet("/v1/operations/{id}",
                (string id, HttpContext context, [FromServices] BulkOperations operations)
                    => operations.GetAsync(id, Caller.Of(context)))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operations")
            .WithName("ReadOperation")
            .WithSummary("Reads the progress of a long-running operation.")
            .Answers<OperationBody>(StatusCodes.Status200OK)
            .Refuses(404);

        api.MapGet("/v1/operations",
                (HttpContext context, [FromServices] BulkOperations operations)
                    => operations.ListAsync(Caller.Of(context), context.Request.Query))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operations")
            .WithName("ListOperations")
            .WithSummary("Long-running operations, the latest first.")
            .TakesPage()
            .Answers<ItemList<OperationBody>>(StatusCodes.Status200OK);

        api.MapGet("/v1/operations/{id}/items",
                (string id, HttpContext context, [FromServices] BulkOperations operations)
                    => operations.GetItemsAsync(id, Caller.Of(context), context.Request.Query))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operations")
            .WithName("ListOperationItems")
            .WithSummary("What an operation did with each event, in its order.")
            .TakesPage()
            .Answers<ItemList<OperationItemBody>>(StatusCodes.Status200OK)
            .Refuses(404);

        api.MapPost("/v1/operations/{id}/cancel",
                (string id, HttpContext context, [FromServices] BulkOperations operations)
                    => operations.CancelAsync(id, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Operations")
            .WithName("CancelOperation")
            .WithSummary("Stops an operation after its current step. What it has done stays done.")
            .Takes<ReasonBody>(JsonAnswer.ContentType)
            .Answers<OperationBody>(StatusCodes.Status200OK)
            .Refuses(404, 408, 409, 413, 415, 422);
    }

    private static void MapBulkAct(this IEndpointRouteBuilder api, string path, BulkKind kind, string name, string summary)
    {
        var endpoint = api.MapPost(
                path, (HttpContext context, [FromServices] BulkOperations operations) => operations.ActAsync(kind, context))
            .RequireScope(Scopes.SupportAct)
            .WithTags("Operations")
            .WithName(name)
            .WithSummary($"{summary}; see Location for its progress.")
            .TakesQuery(BulkOperations.Plan, "Only says what would be done; then the reason may be absent.")
            .Answers<BulkPlanBody>(StatusCodes.Status200OK)
            .TakesHeader(OperationIds.Header, OperationIds.Description)
            .Answers<OperationBody>(StatusCodes.Status202Accepted)
            .Refuses(400, 408, 409, 413, 415, 422);
        if (kind.NeedsOutcome)
            endpoint.Takes<BulkResolveBody>(JsonAnswer.ContentType);
        else
            endpoint.Takes<BulkActBody>(JsonAnswer.ContentType);
    }
}
