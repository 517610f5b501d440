using GuestSessions.Api.Authentication;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GuestSessions.Api.Lists;

/// <summary>Maps the lists over all guests that operators read.</summary>
internal static class ListEndpoints
{
    public static void AddLists(this IServiceCollection services) => services
        .AddSingleton<BacklogWaits>()
        .AddSingleton<GuestLists>();

    public static void MapLists(this IEndpointRouteBuilder api)
    {
        MapAside(api, "/v1/quarantine", inDoubt: false)
            .WithName("ListQuarantine")
            .WithSummary("Events that were permanently refused and set aside. The longest set aside comes first.");

        MapAside(api, "/v1/in-doubt", inDoubt: true)
            .WithName("ListInDoubt")
            .WithSummary("Events that may or may not have arrived. The longest set aside comes first.");

        MapGroups(api, "/v1/quarantine/groups", inDoubt: false)
            .WithName("GroupQuarantine")
            .WithSummary("Quarantined events counted by type and code, the largest groups first.");

        MapGroups(api, "/v1/in-doubt/groups", inDoubt: true)
            .WithName("GroupInDoubt")
            .WithSummary("Events in doubt counted by type and code, the largest groups first.");

        api.MapGet("/v1/backlog",
                (HttpContext context, [FromServices] GuestLists lists) => lists.GetBacklogAsync(Caller.Of(context), context.Request.Query))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operator")
            .WithName("ListBacklog")
            .WithSummary("Guests with undelivered events.")
            .TakesQuery("hot", "Only guests with 100 or more undelivered events.", JsonSchemaType.Boolean)
            .TakesPage()
            .Answers<ItemList<BacklogBody>>(StatusCodes.Status200OK);

        api.MapGet("/v1/delivery-health",
                (HttpContext context, [FromServices] GuestLists lists) => lists.GetHealthAsync(Caller.Of(context)))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operator")
            .WithName("ReadDeliveryHealth")
            .WithSummary("Counts of waiting guests and of events set aside, and the state of delivery.")
            .Answers<DeliveryHealthBody>(StatusCodes.Status200OK);

        api.MapGet("/v1/delivery-health/history",
                static (HttpContext context, [FromServices] GuestLists lists) => lists.GetHistoryAsync(Caller.Of(context)))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operator")
            .WithName("ReadDeliveryHistory")
            .WithSummary("What happened over the last 24 hours, in slices of five minutes, the oldest first.")
            .Answers<ItemList<HealthSliceBody>>(StatusCodes.Status200OK);

        api.MapGet("/v1/audit",
                (HttpContext context, [FromServices] GuestLists lists) => lists.GetAuditAsync(Caller.Of(context), context.Request.Query))
            .RequireScope(Scopes.Admin)
            .WithTags("Operator")
            .WithName("ReadAudit")
            .WithSummary("Acts of people, the latest first.")
            .TakesQuery("by", "Only acts with this credential.")
            .TakesQuery("guest", "Only acts on this guest.")
            .TakesPage()
            .Answers<ItemList<AuditBody>>(StatusCodes.Status200OK);
    }

    private static RouteHandlerBuilder MapGroups(IEndpointRouteBuilder api, string path, bool inDoubt)
        => api.MapGet(path,
                (HttpContext context, [FromServices] GuestLists lists)
                    => lists.GetAsideGroupsAsync(inDoubt, Caller.Of(context)))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operator")
            .Answers<AsideGroupsBody>(StatusCodes.Status200OK);

    private static RouteHandlerBuilder MapAside(IEndpointRouteBuilder api, string path, bool inDoubt)
        => api.MapGet(path,
                (HttpContext context, [FromServices] GuestLists lists)
                    => lists.GetAsideAsync(inDoubt, Caller.Of(context), context.Request.Query))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operator")
            .TakesQuery("type", "Only events of this type.")
            .TakesQuery("code", "Only events with this code.")
            .TakesQuery("warning", "Only events with this warning, or any.")
            .TakesQuery("before", "Only events set aside before this time.")
            .TakesPage()
            .Answers<ItemList<AsideBody>>(StatusCodes.Status200OK);

}
