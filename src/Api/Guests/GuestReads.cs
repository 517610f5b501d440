using System.Globalization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Reads one guest as support sees it, and flushes its line. An id that no guest can have gets the same answer as one
/// that no guest has, with what was rejected under it, and so does another tenant's guest. An erased guest is gone. Links
/// are followed.
/// </summary>
internal sealed class GuestReads(
    TenantCatalog tenants, LinkedGuests guests, MissingGuests missing, GuestRejections rejections, IngestOptions limits, TimeProvider time)
{
    private const int ActBytes = 4 * 1024;
    private const int MostPages = 20;

    public async Task<Answered<GuestBody>> GetGuestAsync(string guest, Caller caller)
    {
        var tenant = tenants.Of(caller).Name;
        var name = await NameOfAsync(guest, caller);
        var rejected = await rejections.OfGuestAsync(tenant, name ?? guest);
        return name is not null && await guests.ReadAsync(tenant, name) is var (own, lines)
            ? JsonAnswer.Ok(
                LinkedBodies.From(own, lines, time.GetUtcNow()) with { Rejections = rejected.Count > 0 ? rejected : null },
                ApiJson.Default.GuestBody)
            : Refusals.WithRejections(await missing.RefuseAsync(tenant, guest), rejected);
    }

    public async Task<Answered<ItemList<EventItem>>> GetTimelineAsync(string guest, Caller caller, IQueryCollection query)
    {
        var (request, refused) = TimelineRequest.Read(query);
        if (request is null)
            return refused!;
        return await NameOfAsync(guest, caller) is { } name
            && await ReadTimelineAsync(tenants.Of(caller).Name, name, request) is { } page
            ? JsonAnswer.Ok(page, ApiJson.Default.ItemListEventItem)
            : await missing.RefuseAsync(caller.Tenant, guest);
    }

    /// <summary>Reads on while a filter of this host leaves a page empty, up to a bound: then the page has a next.</summary>
    private async Task<ItemList<EventItem>?> ReadTimelineAsync(string tenant, string name, TimelineRequest request)
    {
        List<EventItem> items = [];
        var cursor = request.Cursor;
        for (var pages = 1; ; pages++)
        {
            if (await guests.ReadTimelineAsync(tenant, name, request.Query with { After = cursor.After(0) }, cursor) is not { } page)
                return null;
            items.AddRange(page.Items.Where(request.Keeps));
            if (page.Next is null || items.Count > 0 || pages == MostPages)
                return new ItemList<EventItem>(items, page.Next);
            cursor = TimelineCursor.Read(page.Next)!;
        }
    }

    public async Task<IResult> GetBrowsersAsync(string guest, HttpContext context)
    {
        var query = context.Request.Query;
        if (!query.TryLimit(out var limit, out var refused))
            return refused!;
        var after = 0;
        if (query.One("after") is { } next
            && !int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Refusals.InvalidParameter("after", "Expected the next of the previous page.");
        return await NameOfAsync(guest, Caller.Of(context)) is { } name
            && await guests.ReadBrowsersAsync(tenants.Of(context).Name, name, after, limit) is { } page
            ? JsonAnswer.Ok(page, ApiJson.Default.ItemListLinkedLineBody)
            : await missing.RefuseAsync(Caller.Of(context).Tenant, guest);
    }

    public async Task<Answered<EventBody>> GetEventAsync(string guest, string eventId, Caller caller)
    {
        var tenant = tenants.Of(caller).Name;
        var name = await NameOfAsync(guest, caller);
        return name is not null && CallerIds.IsValid(eventId)
            && await guests.ReadEventAsync(tenant, name, eventId) is var (detail, line)
            ? JsonAnswer.Ok(GuestBodies.From(detail) with { Line = line }, ApiJson.Default.EventBody)
            : Refusals.WithRejections(
                await missing.RefuseAsync(tenant, guest, eventId), await rejections.OfEventAsync(tenant, name ?? guest, eventId));
    }

    public async Task<IResult> FlushAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        return act is null ? refused! : await FlushAsync(guest, Caller.Of(context), act);
    }

    public async Task<Answered<FlushBody>> FlushAsync(string guest, Caller caller, ActRequest act) =>
        await NameOfAsync(guest, caller) is { } name
            && await guests.FlushAsync(tenants.Of(caller).Name, name, caller.Act(act.Reason)) is var (undelivered, wait)
            ? JsonAnswer.Ok(new FlushBody(name, undelivered) { Waiting = WaitBody.Of(wait) }, ApiJson.Default.FlushBody)
            : await missing.RefuseAsync(caller.Tenant, guest);

    private async ValueTask<string?> NameOfAsync(string guest, Caller caller)
        => CallerIds.IsValid(guest) ? await guests.NameOfAsync(tenants.Of(caller).Name, guest) : null;
}
