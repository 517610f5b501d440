using System.Globalization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Lists;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Lists;

/// <summary>The lists over all guests of a tenant.</summary>
internal sealed class GuestLists(
    TenantCatalog tenants, GuestGrains guests, GuestSpellings spellings, ApiKeyRing keys, BacklogWaits backlog,
    TimeProvider time)
{
    private const int MostCounted = 10_000;

    public async Task<IResult> GetAsideAsync(bool inDoubt, HttpContext context)
    {
        var query = context.Request.Query;
        if (!query.TryType(out var type, out var refused)
            || !query.TryName("code", EventCodes.Aside, out var code, out refused)
            || !query.TryWarning(out var warning, out refused)
            || !query.TryLimit(out var limit, out refused))
            return refused!;
        DateTimeOffset? before = null;
        if (query.One("before") is { } time)
        {
            if (!Rfc3339.TryParse(time, out var parsed))
                return Refusals.InvalidParameter("before", "Expected an RFC 3339 time with an offset.");
            before = parsed.ToUniversalTime();
        }

        SetAsidePlace? after = null;
        if (query.One("after") is { } next && !Cursors.TryRead(next, out after))
            return WrongAfter();
        var found = await Grain(context).ReadSetAsideAsync(
            new SetAsideQuery(tenants.Of(context).Name, inDoubt, type, code, before, after, limit + 1, warning));
        return JsonAnswer.Ok(
            Page(found, limit,
                static aside => new AsideBody(
                    aside.Name, aside.EventId, aside.Sequence, TextMask.Mask(aside.Type), aside.Code, aside.At)
                {
                    Warnings = GuestBodies.From(aside.Warnings),
                },
                static aside => Cursors.Write(aside.Place)),
            ApiJson.Default.ItemListAsideBody);
    }

    public async Task<IResult> GetBacklogAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!query.TryLimit(out var limit, out var refused))
            return refused!;
        if (query.One("hot") is not (null or "true" or "false"))
            return Refusals.InvalidParameter("hot", "Expected true or false.");
        UInt128? after = null;
        if (query.One("after") is { } next)
        {
            if (!Cursors.TryRead(next, out UInt128 guest))
                return WrongAfter();
            after = guest;
        }

        var found = await Grain(context).ReadBacklogAsync(query.One("hot") == "true", after, limit + 1);
        var waits = await backlog.ReadAsync(tenants.Of(context).Name, [.. found.Take(limit)]);
        return JsonAnswer.Ok(
            Page(found, limit, guest => BacklogWaits.Body(guest, waits), static guest => Cursors.Write(guest.Guest.Hash)),
            ApiJson.Default.ItemListBacklogBody);
    }

    public async Task<IResult> GetAuditAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!query.TryText("by", out var by, out var refused)
            || !query.TryText("guest", out var guest, out refused)
            || !query.TryLimit(out var limit, out refused))
            return refused!;
        long? before = null;
        if (query.One("after") is { } next)
        {
            if (!Cursors.TryRead(next, out long number))
                return WrongAfter();
            before = number;
        }

        var tenant = tenants.Of(context).Name;
        var key = guest is null ? null : guests.KeyOf(tenant, await spellings.MeantByAsync(tenant, guest));
        var found = await Grain(context).ReadAuditAsync(by is null ? null : keys.IdOf(tenant, by), key, before, limit + 1);
        return JsonAnswer.Ok(
            Page(found, limit,
                static listed => AuditBody.Of(listed),
                static listed => listed.Number.ToString(CultureInfo.InvariantCulture)),
            ApiJson.Default.ItemListAuditBody);
    }

    public async Task<IResult> GetHealthAsync(HttpContext context)
    {
        var delivery = guests.Tenant(tenants.Of(context).Name).ReadAsync();
        var counts = await Grain(context).CountAsync(MostCounted + 1);
        return JsonAnswer.Ok(
            new DeliveryHealthBody(
                Counted(counts.Waiting), Counted(counts.Hot), Counted(counts.Quarantined), Counted(counts.InDoubt),
                counts.WaitingSince,
                counts.WaitingSince is { } since
                    ? Math.Max(0, Math.Round((time.GetUtcNow() - since).TotalSeconds, 3))
                    : null,
                TenantDeliveryBody.Of(await delivery)),
            ApiJson.Default.DeliveryHealthBody);
    }

    private IGuestListsGrain Grain(HttpContext context) => guests.Lists(tenants.Of(context).Name);

    private static CountBody Counted(int count) => new(Math.Min(count, MostCounted), count > MostCounted);

    private static Refusal WrongAfter()
        => Refusals.InvalidParameter("after", "Expected the next of the previous page.");

    /// <summary>One item more than requested shows whether there is a next page.</summary>
    private static ItemList<TBody> Page<T, TBody>(
        IReadOnlyList<T> found, int limit, Func<T, TBody> body, Func<T, string> cursor) => new(
        [.. found.Take(limit).Select(body)], found.Count > limit ? cursor(found[limit - 1]) : null);
}
