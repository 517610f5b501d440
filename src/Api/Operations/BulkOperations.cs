using System.Globalization;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Lists;
using GuestSessions.Api.Support;
using GuestSessions.Core.Events;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Operations;

/// <summary>Plans and starts bulk operations, reads their progress and their items, and cancels them.</summary>
internal sealed class BulkOperations(
    GuestGrains guests, IngestOptions limits, IOptions<SessionsOptions> options, TimeProvider time)
{
    public const string Type = "type";
    public const string Code = "code";
    public const string Plan = "plan";

    private const int BodyBytes = 4 * 1024;
    private const int SampleSize = 20;
    private const int MostGroups = 200;

    /// <summary>With <c>?plan</c>, says what the same request would do, and does nothing.</summary>
    public async Task<IResult> ActAsync(BulkKind kind, HttpContext context)
    {
        var isPlan = context.Request.Query.One(Plan);
        if (isPlan is not (null or "" or "true"))
            return Refusals.InvalidParameter(Plan, "Expected plan without a value, or true.");
        string[] members = kind.NeedsOutcome ? [Type, Code, EventActs.Outcome] : [Type, Code];
        var (act, refused) = await ActRequest.ReadAsync(
            context, BodyBytes, limits.JsonDepth, needsReason: isPlan is null, members);
        if (act is null)
            return refused!;
        if (isPlan is not null)
            return await PlanAsync(kind, Caller.Of(context), act);
        return OperationBodies.At(context, await ActAsync(kind, Caller.Of(context), act, context.Request.Headers[OperationIds.Header]));
    }

    public async Task<Answered<OperationBody>> ActAsync(BulkKind kind, Caller caller, ActRequest act, StringValues key)
    {
        if (!TryFilter(act, out var type, out var code, out var refused))
            return refused!;
        var delivered = false;
        if (kind.NeedsOutcome && !EventActs.TryOutcome(act, out delivered, out refused))
            return refused!;
        var (id, request, wrongKey) = OperationIds.Of(key, caller, kind.Name, act, time);
        if (id is null)
            return wrongKey!;
        var started = await guests.Operation(caller.Tenant, id).ActAsync(
            new BulkRequest(kind.Kind, kind.InDoubt, type, code, delivered), caller.Act(act.Reason), request);
        return started.Request == request
            ? JsonAnswer.Accepted(Body(started), ApiJson.Default.OperationBody)
            : Refusals.IdempotencyKeyReused();
    }

    /// <summary>Counts exactly what a bulk act would take now, and shows the events that would go first.</summary>
    public async Task<Answered<BulkPlanBody>> PlanAsync(BulkKind kind, Caller caller, ActRequest act)
    {
        if (!TryFilter(act, out var type, out var code, out var refused))
            return refused!;
        var query = new SetAsideQuery(
            caller.Tenant, kind.InDoubt, type, code, time.GetUtcNow(), null, MostGroups);
        var lists = guests.Lists(caller.Tenant);
        var counted = lists.GroupSetAsideAsync(query);
        var sample = await lists.ReadSetAsideAsync(query with { Limit = SampleSize });
        var groups = AsideGroupsBody.Of(await counted);
        return JsonAnswer.Ok(
            new BulkPlanBody(groups.Count, groups.Groups, [.. sample.Select(AsideBody.Of)], kind.Effects),
            ApiJson.Default.BulkPlanBody);
    }

    public async Task<Answered<OperationBody>> GetAsync(string id, Caller caller) => CallerIds.IsValid(id)
        && await guests.Operation(caller.Tenant, id).ReadAsync() is { } operation
        ? JsonAnswer.Ok(Body(operation), ApiJson.Default.OperationBody)
        : Refusals.OperationNotFound();

    /// <summary>A tenant's operations, the latest first.</summary>
    public async Task<Answered<ItemList<OperationBody>>> ListAsync(Caller caller, IQueryCollection query)
    {
        if (!query.TryLimit(out var limit, out var refused))
            return refused!;
        OperationPlace? before = null;
        if (query.One("after") is { } next && !TryRead(next, out before))
            return WrongAfter();
        var found = await guests.Lists(caller.Tenant).ReadOperationsAsync(before, limit + 1);
        var last = found.Count > limit ? found[limit - 1] : null;
        return JsonAnswer.Ok(
            new ItemList<OperationBody>(
                [.. found.Take(limit).Select(Body)],
                last is null ? null : string.Create(CultureInfo.InvariantCulture, $"{last.StartedAt.UtcTicks}.{last.Id}")),
            ApiJson.Default.ItemListOperationBody);
    }

    public async Task<IResult> CancelAsync(string id, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, BodyBytes, limits.JsonDepth, needsReason: true);
        return act is null ? refused! : await CancelAsync(id, Caller.Of(context), act);
    }

    /// <summary>Stops an operation where it is. One that has ended is answered as it is, and an erasure is not stopped.</summary>
    public async Task<Answered<OperationBody>> CancelAsync(string id, Caller caller, ActRequest act)
    {
        if (!CallerIds.IsValid(id) || await guests.Operation(caller.Tenant, id).ReadAsync() is not { } known)
            return Refusals.OperationNotFound();
        if (known is { Kind: OperationRecord.ErasureKind, EndedAt: null })
            return Refusals.NotCancellable();
        return await guests.Operation(caller.Tenant, id).CancelAsync(caller.Act(act.Reason)) is { } operation
            ? JsonAnswer.Ok(Body(operation), ApiJson.Default.OperationBody)
            : Refusals.OperationNotFound();
    }

    /// <summary>What an operation did with each event, in its order.</summary>
    public async Task<Answered<ItemList<OperationItemBody>>> GetItemsAsync(string id, Caller caller, IQueryCollection query)
    {
        if (!query.TryLimit(out var limit, out var refused))
            return refused!;
        var after = 0L;
        if (query.One("after") is { } next && !Cursors.TryRead(next, out after))
            return WrongAfter();
        if (!CallerIds.IsValid(id) || await guests.Operation(caller.Tenant, id).ReadAsync() is null)
            return Refusals.OperationNotFound();
        var found = await guests.Operation(caller.Tenant, id).ReadItemsAsync(after, limit + 1);
        return JsonAnswer.Ok(
            new ItemList<OperationItemBody>(
                [.. found.Take(limit).Select(OperationItemBody.Of)],
                found.Count > limit ? (after + limit).ToString(CultureInfo.InvariantCulture) : null),
            ApiJson.Default.ItemListOperationItemBody);
    }

    private OperationBody Body(OperationView operation) => OperationBodies.From(operation, options.Value.Privacy);

    private static bool TryFilter(ActRequest act, out string? type, out string? code, out Refusal? refused)
    {
        code = null;
        return act.TryType(Type, out type, out refused) && act.TryName(Code, EventCodes.Aside, out code, out refused);
    }

    private static bool TryRead(string text, out OperationPlace? place)
    {
        place = text.Split('.', 2) is [var ticks, var id]
            && Cursors.TryRead(ticks, out long at) && at <= DateTimeOffset.MaxValue.Ticks
            ? new OperationPlace(new DateTimeOffset(at, TimeSpan.Zero), id)
            : null;
        return place is not null;
    }

    private static Refusal WrongAfter() => Refusals.InvalidParameter("after", "Expected the next of the previous page.");
}
