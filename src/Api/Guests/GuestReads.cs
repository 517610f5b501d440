using System.Globalization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Reads one guest as support sees it, and flushes its line. An id that no guest can have gets the same answer as one
/// that no guest has, with what was rejected under it, and so does another tenant's guest. Links are followed.
/// </summary>
internal sealed class GuestReads(
    TenantCatalog tenants, LinkedGuests guests, GuestRejections rejections, IngestOptions limits, TimeProvider time)
{
    private const int ActBytes = 4 * 1024;

    public async Task<IResult> GetGuestAsync(string guest, HttpContext context)
    {
        var tenant = tenants.Of(context).Name;
        var name = await NameOfAsync(guest, context);
        var rejected = await rejections.OfGuestAsync(tenant, name ?? guest);
        return name is not null && await guests.ReadAsync(tenant, name) is var (own, lines)
            ? JsonAnswer.Ok(
                LinkedBodies.From(own, lines, time.GetUtcNow()) with { Rejections = rejected.Count > 0 ? rejected : null },
                ApiJson.Default.GuestBody)
            : Refusals.WithRejections(Refusals.GuestNotFound(guest), rejected);
    }

    public async Task<IResult> GetTimelineAsync(string guest, HttpContext context)
    {
        var (query, cursor, refused) = TimelineRequest.Read(context.Request.Query);
        if (query is null)
            return refused!;
        return await NameOfAsync(guest, context) is { } name
            && await guests.ReadTimelineAsync(tenants.Of(context).Name, name, query, cursor) is { } page
            ? JsonAnswer.Ok(page, ApiJson.Default.ItemListEventItem)
            : Refusals.GuestNotFound(guest);
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
        return await NameOfAsync(guest, context) is { } name
            && await guests.ReadBrowsersAsync(tenants.Of(context).Name, name, after, limit) is { } page
            ? JsonAnswer.Ok(page, ApiJson.Default.ItemListLinkedLineBody)
            : Refusals.GuestNotFound(guest);
    }

    public async Task<IResult> GetEventAsync(string guest, string eventId, HttpContext context)
    {
        var tenant = tenants.Of(context).Name;
        var name = await NameOfAsync(guest, context);
        return name is not null && CallerIds.IsValid(eventId)
            && await guests.ReadEventAsync(tenant, name, eventId) is var (detail, line)
            ? JsonAnswer.Ok(GuestBodies.From(detail) with { Line = line }, ApiJson.Default.EventBody)
            : Refusals.WithRejections(
                Refusals.EventNotFound(guest, eventId), await rejections.OfEventAsync(tenant, name ?? guest, eventId));
    }

    public async Task<IResult> FlushAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        if (act is null)
            return refused!;
        return await NameOfAsync(guest, context) is { } name
            && await guests.FlushAsync(
                tenants.Of(context).Name, name, new ActMessage(Caller.Of(context).Name, act.Reason)) is var (undelivered, wait)
            ? JsonAnswer.Ok(new FlushBody(name, undelivered) { Waiting = WaitBody.Of(wait) }, ApiJson.Default.FlushBody)
            : Refusals.GuestNotFound(guest);
    }

    private async ValueTask<string?> NameOfAsync(string guest, HttpContext context)
        => CallerIds.IsValid(guest) ? await guests.NameOfAsync(tenants.Of(context).Name, guest) : null;
}
