using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console.Pages;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Lists;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Tenants;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Console;

/// <summary>The pages about a whole tenant.</summary>
internal sealed class ConsoleLists(
    GuestLists lists, GuestReads reads, BulkOperations operations, RejectionLog rejections, TenantCatalog tenants,
    TimeProvider time)
{
    public async Task<IResult> AsideAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var quarantine = (await lists.GetAsideGroupsAsync(inDoubt: false, caller)).Value!;
        var inDoubt = (await lists.GetAsideGroupsAsync(inDoubt: true, caller)).Value!;
        return ConsolePages.Page<Aside, AsideModel>(context, new AsideModel(quarantine, inDoubt));
    }

    public async Task<IResult> GroupAsync(bool inDoubt, HttpContext context)
    {
        var caller = Caller.Of(context);
        var filters = ConsoleQuery.Of(context, "type", "code", "after", "limit");
        var answered = await lists.GetAsideAsync(inDoubt, caller, filters.ToServices());
        if (answered.Value is not { } page)
            return ConsolePages.Refused(context, answered.Refused!);
        var first = page.Items.Count > 0 ? page.Items[0] : null;
        var example = first is null ? null : (await reads.GetEventAsync(first.Guest, first.EventId, caller)).Value;
        return ConsolePages.Page<AsideGroup, AsideGroupModel>(
            context, new AsideGroupModel(inDoubt, filters, page, first?.Guest, example));
    }

    public async Task<IResult> OperationsAsync(HttpContext context)
    {
        var filters = ConsoleQuery.Of(context, "after");
        return ConsolePages.Page<Pages.Operations, OperationsModel, ItemList<OperationBody>>(
            context, await operations.ListAsync(Caller.Of(context), filters.ToServices()),
            page => new OperationsModel(page, filters));
    }

    public async Task<IResult> OperationAsync(string id, HttpContext context)
    {
        var caller = Caller.Of(context);
        var filters = ConsoleQuery.Of(context, "after");
        var operation = await operations.GetAsync(id, caller);
        if (operation.Value is not { } body)
            return ConsolePages.Refused(context, operation.Refused!);
        return ConsolePages.Page<Operation, OperationModel, ItemList<OperationItemBody>>(
            context, await operations.GetItemsAsync(id, caller, filters.ToServices()),
            items => new OperationModel(body, items, filters));
    }

    public async Task<IResult> AuditAsync(HttpContext context)
    {
        var filters = ConsoleQuery.Of(context, "by", "guest", "after");
        return ConsolePages.Page<Audit, AuditModel, ItemList<AuditBody>>(
            context, await lists.GetAuditAsync(Caller.Of(context), filters.ToServices()), page => new AuditModel(page, filters));
    }

    public async Task<IResult> HealthAsync(HttpContext context)
    {
        var caller = Caller.Of(context);
        var health = await lists.GetHealthAsync(caller);
        var hot = await lists.GetBacklogAsync(caller, Query(("hot", "true"), ("limit", "10")));
        var waiting = await lists.GetBacklogAsync(caller, Query(("limit", "10")));
        var rejected = await RejectionEndpoints.GetAsync(
            caller, Query(("limit", "500")), rejections, tenants);
        return ConsolePages.Page<Health, HealthModel>(context, new HealthModel(
            health.Value!,
            (await lists.GetAsideGroupsAsync(inDoubt: false, caller)).Value!,
            (await lists.GetAsideGroupsAsync(inDoubt: true, caller)).Value!,
            hot.Value!.Items, waiting.Value!.Items, rejected.Value!.Items, await HistoryAsync(caller)));
    }

    /// <summary>The page has what is true now even if the history cannot be read.</summary>
    private async Task<HistoryModel?> HistoryAsync(Caller caller)
    {
        try
        {
            return new HistoryModel((await lists.GetHistoryAsync(caller)).Value!.Items, time.GetUtcNow());
        }
        catch (SessionUnavailableException)
        {
            return null; // The page says so, and the silo has logged why.
        }
    }

    private static QueryCollection Query(params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        Dictionary<string, StringValues> query = [];
        foreach (var (name, value) in parameters)
            query.Add(name, value);
        return new QueryCollection(query);
    }
}
