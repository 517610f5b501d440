using System.Globalization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary>
/// One guest as support sees it, and the flush of its line. An id that no guest can have is answered like one
/// that no guest has, and another tenant's guest is one that no guest has.
/// </summary>
internal sealed class GuestReads(TenantCatalog tenants, GuestGrains guests, TimeProvider time)
{
    public async Task<IResult> GetGuestAsync(string guest, HttpContext context)
        => Find(guest, context) is { } grain && await grain.ReadAsync() is { } view
            ? JsonAnswer.Ok(GuestBodies.From(view, time.GetUtcNow()), ApiJson.Default.GuestBody)
            : Refusals.GuestNotFound();

    public async Task<IResult> GetTimelineAsync(string guest, HttpContext context)
    {
        var (query, refused) = TimelineRequest.Read(context.Request.Query);
        if (query is null)
            return refused!;
        if (Find(guest, context) is not { } grain || await grain.ReadTimelineAsync(query) is not { } page)
            return Refusals.GuestNotFound();

        return JsonAnswer.Ok(
            new ItemList<EventItem>(
                [.. page.Events.Select(GuestBodies.From)], page.Next?.ToString(CultureInfo.InvariantCulture)),
            ApiJson.Default.ItemListEventItem);
    }

    public async Task<IResult> GetEventAsync(string guest, string eventId, HttpContext context)
        => CallerIds.IsValid(eventId)
            && Find(guest, context) is { } grain && await grain.ReadEventAsync(eventId) is { } detail
            ? JsonAnswer.Ok(GuestBodies.From(detail), ApiJson.Default.EventBody)
            : Refusals.EventNotFound();

    public async Task<IResult> FlushAsync(string guest, HttpContext context)
        => Find(guest, context) is { } grain && await grain.FlushAsync(CallerClaims.NameOf(context.User)) is { } answer
            ? JsonAnswer.Ok(new FlushBody(guest, answer.Undelivered), ApiJson.Default.FlushBody)
            : Refusals.GuestNotFound();

    private IGuestSessionGrain? Find(string guest, HttpContext context)
        => CallerIds.IsValid(guest) ? guests.For(tenants.Of(context).Name, guest) : null;
}
