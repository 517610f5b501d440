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
    private const int MostGroups = 200;

    public async Task<Answered<ItemList<AsideBody>>> GetAsideAsync(bool inDoubt, Caller caller, IQueryCollection query)
    {
        if (!query.TryType(out var type, out var refused)
            || !query.TryName("code", EventCodes.Aside, out var code, out refused)
            || !query.TryWarning(out var warning, out refused)
            || !query.TryTime("before", out var before, out refused)
            || !query.TryLimit(out var limit, out refused))
            return refused!;
        SetAsidePlace? after = null;
        if (query.One("after") is { } next && !Cursors.TryRead(next, out after))
            return WrongAfter();
        var found = await Grain(caller).ReadSetAsideAsync(
            new SetAsideQuery(tenants.Of(caller).Name, inDoubt, type, code, before, after, limit + 1, warning));
        return JsonAnswer.Ok(
            Page(found, limit,
                AsideBody.Of,
                static aside => Cursors.Write(aside.Place)),
            ApiJson.Default.ItemListAsideBody);
    }

    /// <summary>Set-aside events counted by type and code, the largest groups first.</summary>
    public async Task<Answered<AsideGroupsBody>> GetAsideGroupsAsync(bool inDoubt, Caller caller)
    {
        var found = await Grain(caller).GroupSetAsideAsync(
            new SetAsideQuery(caller.Tenant, inDoubt, null, null, null, null, MostGroups));
        return JsonAnswer.Ok(AsideGroupsBody.Of(found), ApiJson.Default.AsideGroupsBody);
    }

    public async Task<Answered<ItemList<BacklogBody>>> GetBacklogAsync(Caller caller, IQueryCollection query)
    {
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

        var found = await Grain(caller).ReadBacklogAsync(query.One("hot") == "true", after, limit + 1);
        var waits = await backlog.ReadAsync(tenants.Of(caller).Name, [.. found.Take(limit)]);
        return JsonAnswer.Ok(
            Page(found, limit, guest => BacklogWaits.Body(guest, waits), static guest => Cursors.Write(guest.Guest.Hash)),
            ApiJson.Default.ItemListBacklogBody);
    }

    public async Task<Answered<ItemList<AuditBody>>> GetAuditAsync(Caller caller, IQueryCollection query)
    {
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

        var tenant = tenants.Of(caller).Name;
        var key = guest is null ? null : guests.KeyOf(tenant, await spellings.MeantByAsync(tenant, guest));
        var found = await Grain(caller).ReadAuditAsync(by is null ? null : keys.IdOf(tenant, by), key, before, limit + 1);
        return JsonAnswer.Ok(
            Page(found, limit,
                static listed => AuditBody.Of(listed),
                static listed => listed.Number.ToString(CultureInfo.InvariantCulture)),
            ApiJson.Default.ItemListAuditBody);
    }

    public async Task<Answered<DeliveryHealthBody>> GetHealthAsync(Caller caller)
    {
        var delivery = guests.Tenant(tenants.Of(caller).Name).ReadAsync();
        var counts = await Grain(caller).CountAsync(MostCounted + 1);
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

    /// <summary>What happened over the last 24 hours, in slices of five minutes.</summary>
    public async Task<Answered<ItemList<HealthSliceBody>>> GetHistoryAsync(Caller caller)
    {
        var slices = await guests.History(tenants.Of(caller).Name).ReadAsync();
        return JsonAnswer.Ok(
            new ItemList<HealthSliceBody>([.. slices.Select(HealthSliceBody.Of)], null), ApiJson.Default.ItemListHealthSliceBody);
    }

    private IGuestListsGrain Grain(Caller caller) => guests.Lists(tenants.Of(caller).Name);

    private static CountBody Counted(int count) => new(Math.Min(count, MostCounted), count > MostCounted);

    private static Refusal WrongAfter()
        => Refusals.InvalidParameter("after", "Expected the next of the previous page.");

    /// <summary>One item more than requested shows whether there is a next page.</summary>
    private static ItemList<TBody> Page<T, TBody>(
        IReadOnlyList<T> found, int limit, Func<T, TBody> body, Func<T, string> cursor) => new(
        [.. found.Take(limit).Select(body)], found.Count > limit ? cursor(found[limit - 1]) : null);
}
