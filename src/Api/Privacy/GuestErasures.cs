using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace GuestSessions.Api.Privacy;

/// <summary>Starts erasures and exports, lifts tombstones, and records what was done upstream.</summary>
internal sealed class GuestErasures(
    TenantCatalog tenants, GuestGrains grains, LinkedGuests links, IngestOptions limits, IOptions<SessionsOptions> options,
    TimeProvider time)
{
    public const string Guests = "guests";

    /// <summary>Guests in one request.</summary>
    public const int MostGuests = 5_000;

    private const int ActBytes = 4 * 1024;
    private const int ListBytes = 1024 * 1024;

    public async Task<IResult> EraseAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        return act is null
            ? refused!
            : OperationBodies.At(context, await EraseAsync(guest, Caller.Of(context), act, context.Request.Headers[OperationIds.Header]));
    }

    /// <summary>Erases one guest with the browsers that are linked to it.</summary>
    public async Task<Answered<OperationBody>> EraseAsync(string guest, Caller caller, ActRequest act, StringValues key)
    {
        if (await FindAsync(guest, caller) is not var (name, refused))
            return Refusals.GuestNotFound(guest);
        return refused is null ? await EraseAsync([name], caller, act, key) : await RepeatedAsync(name, caller, act, key) ?? refused;
    }

    /// <summary>The operation that the same request began, if its key finds it: the guest is erased because of it.</summary>
    private async Task<Answered<OperationBody>?> RepeatedAsync(string name, Caller caller, ActRequest act, StringValues key)
    {
        var (id, request, _) = OperationIds.Of(key, caller, $"erase {name}", act, time);
        return key.Count > 0 && id is not null
            && await grains.Operation(caller.Tenant, id).ReadAsync() is { } known && known.Request == request
                ? Started(known, request)
                : null;
    }

    public async Task<IResult> EraseManyAsync(HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ListBytes, limits.JsonDepth, needsReason: true, Guests);
        if (act is null)
            return refused!;
        return TryGuests(act, out var names, out refused)
            ? OperationBodies.At(context, await EraseAsync(names, Caller.Of(context), act, context.Request.Headers[OperationIds.Header]))
            : refused!;
    }

    public async Task<IResult> LiftAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        return act is null ? refused! : await LiftAsync(guest, Caller.Of(context), act);
    }

    /// <summary>Takes a tombstone away. The operation that wrote it must have ended, because it deletes what it finds.</summary>
    public async Task<Answered<LiftedBody>> LiftAsync(string guest, Caller caller, ActRequest act)
    {
        if (!CallerIds.IsValid(guest))
            return Refusals.GuestNotFound(guest);
        var grain = grains.For(caller.Tenant, guest);
        if (await grain.ReadErasureAsync() is not { } erasure)
            return Refusals.GuestNotFound(guest);
        if (await grains.Operation(caller.Tenant, erasure.Operation).ReadAsync() is { EndedAt: null })
            return Refusals.StillErasing();
        return await grain.LiftErasureAsync(guest, caller.Act(act.Reason))
            ? JsonAnswer.Ok(new LiftedBody(guest, Erased: false), ApiJson.Default.LiftedBody)
            : Refusals.GuestNotFound(guest);
    }

    public async Task<IResult> ExportAsync(string guest, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        return act is null
            ? refused!
            : OperationBodies.At(context, await ExportAsync(guest, Caller.Of(context), act, context.Request.Headers[OperationIds.Header]));
    }

    public async Task<Answered<OperationBody>> ExportAsync(string guest, Caller caller, ActRequest act, StringValues key)
    {
        if (await FindAsync(guest, caller) is not var (name, gone))
            return Refusals.GuestNotFound(guest);
        if (gone is not null)
            return gone;
        var (id, request, refused) = OperationIds.Of(key, caller, $"export {name}", act, time);
        return id is null
            ? refused!
            : Started(await grains.Operation(caller.Tenant, id).ExportAsync(name, caller.Act(act.Reason), request), request);
    }

    public async Task<IResult> RecordDoneUpstreamAsync(string id, HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(context, ActBytes, limits.JsonDepth, needsReason: true);
        return act is null ? refused! : await RecordDoneUpstreamAsync(id, Caller.Of(context), act);
    }

    public async Task<Answered<OperationBody>> RecordDoneUpstreamAsync(string id, Caller caller, ActRequest act) =>
        CallerIds.IsValid(id)
            && await grains.Operation(caller.Tenant, id).RecordDoneUpstreamAsync(caller.Act(act.Reason)) is { } operation
            ? JsonAnswer.Ok(OperationBodies.From(operation, options.Value.Privacy), ApiJson.Default.OperationBody)
            : Refusals.OperationNotFound();

    /// <summary>The name under which a guest is read, and the refusal if it is erased; null when it was never seen.</summary>
    private async Task<(string Name, Refusal? Refused)?> FindAsync(string guest, Caller caller)
    {
        if (!CallerIds.IsValid(guest))
            return null;
        var tenant = tenants.Of(caller).Name;
        var name = await links.NameOfAsync(tenant, guest);
        if (await grains.For(tenant, name).ReadAsync() is not null)
            return (name, null);
        return await grains.For(tenant, name).ReadErasureAsync() is { } erasure ? (name, Refusals.GuestErased(erasure.At, erasure.Operation)) : null;
    }

    private async Task<Answered<OperationBody>> EraseAsync(
        IReadOnlyList<string> names, Caller caller, ActRequest act, StringValues key)
    {
        var what = names.Count == 1 ? $"erase {names[0]}" : "erase";
        var (id, request, refused) = OperationIds.Of(key, caller, what, act, time);
        return id is null
            ? refused!
            : Started(await grains.Operation(caller.Tenant, id).EraseAsync(names, caller.Act(act.Reason), request), request);
    }

    private Answered<OperationBody> Started(OperationView started, string? request) => started.Request == request
        ? JsonAnswer.Accepted(OperationBodies.From(started, options.Value.Privacy), ApiJson.Default.OperationBody)
        : Refusals.IdempotencyKeyReused();

    private static bool TryGuests(ActRequest act, out IReadOnlyList<string> names, out Refusal? refused)
    {
        names = act.Members.TryGetValue(Guests, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(static guest => guest.ValueKind == JsonValueKind.String ? guest.GetString()! : "")
                .Distinct(StringComparer.Ordinal)]
            : [];
        var wrong = names.Count is 0 or > MostGuests ? "" : names.FirstOrDefault(static name => !CallerIds.IsValid(name));
        refused = wrong is null
            ? null
            : Refusals.Invalid([new Violation(
                EventCodes.InvalidGuestId, $"/{Guests}", $"Expected 1 to {MostGuests} valid guest ids.")]);
        return refused is null;
    }
}
