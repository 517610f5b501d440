using System.Globalization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.OpenApi;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GuestSessions.Api.Rejections;

/// <summary><c>GET /v1/rejections</c>: recently rejected events, newest first.</summary>
internal static class RejectionEndpoints
{
    public static void AddRejections(this IServiceCollection services) => services
        .AddSingleton<RejectionLog>()
        .AddSingleton<GuestRejections>();

    public static void MapRejections(this IEndpointRouteBuilder api)
        => api.MapGet("/v1/rejections",
                (HttpContext context, [FromServices] RejectionLog log, [FromServices] TenantCatalog tenants)
                    => GetAsync(Caller.Of(context), context.Request.Query, log, tenants))
            .RequireScope(Scopes.SupportRead)
            .WithTags("Operator")
            .WithName("ReadRejections")
            .WithSummary("The last 10,000 events that were rejected within 30 days, newest first. Has no values except the "
                + "guest's id and the order reference, masked if they look personal.")
            .TakesQuery("guest", "Only rejections of this guest, by the id that the caller gave.")
            .TakesQuery("order_reference", "Only rejections about this order.")
            .TakesQuery("code", "Only rejections with this code.")
            .TakesPage()
            .Answers<ItemList<RejectionItem>>(StatusCodes.Status200OK)
            .Refuses();

    public static async Task<Answered<ItemList<RejectionItem>>> GetAsync(
        Caller caller, IQueryCollection query, RejectionLog log, TenantCatalog tenants)
    {
        if (!query.TryText("guest", out var guest, out var refused)
            || !query.TryText("order_reference", out var order, out refused)
            || !query.TryName("code", EventCodes.Rejections, out var code, out refused)
            || !query.TryLimit(out var limit, out refused))
            return refused!;
        if (!TryRead(query.One("after"), out var after))
            return Refusals.InvalidParameter("after", "Expected the next of the previous page.");

        var page = await log.ReadAsync(tenants.Of(caller).Name, code, guest, order, after, limit);
        return JsonAnswer.Ok(
            new ItemList<RejectionItem>(
                [.. page.Rejections.Select(From)], page.Next?.ToString(CultureInfo.InvariantCulture)),
            ApiJson.Default.ItemListRejectionItem);
    }

    public static RejectionItem From(Rejection rejection) => new(
        rejection.At, rejection.Code, TextMask.Mask(rejection.EventId), rejection.Type,
        [.. rejection.Errors.Select(error => new RejectionError(error.Path, error.Code))])
    {
        Guest = TextMask.Mask(rejection.Guest),
        OrderReference = TextMask.Mask(rejection.OrderReference),
    };

    private static bool TryRead(string? text, out long? number)
    {
        number = null;
        if (text is null)
            return true;
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read);
        number = read;
        return isNumber;
    }
}
