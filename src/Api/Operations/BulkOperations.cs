using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Support;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Operations;

/// <summary>Starts bulk operations and reads their progress.</summary>
internal sealed class BulkOperations(
    TenantCatalog tenants, GuestGrains guests, IngestOptions limits, TimeProvider time)
{
    private const int BodyBytes = 4 * 1024;
    private const string Type = "type";
    private const string Code = "code";

    public async Task<IResult> RedriveAsync(HttpContext context)
    {
        var (act, refused) = await ActRequest.ReadAsync(
            context, BodyBytes, limits.JsonDepth, needsReason: true, Type, Code);
        if (act is null)
            return refused!;
        if (!act.TryType(Type, out var type, out refused) || !act.TryName(Code, EventCodes.Aside, out var code, out refused))
            return refused!;

        var tenant = tenants.Of(context).Name;
        var (id, request, wrongHeader) = OperationIds.Of(context, tenant, "redrive", act, time);
        if (id is null)
            return wrongHeader!;
        var started = await guests.Operation(tenant, id)
            .RedriveAsync(type, code, new ActMessage(Caller.Of(context).Name, act.Reason), request);
        if (started.Request != request)
            return Refusals.IdempotencyKeyReused();
        context.Response.Headers.Location = $"/v1/operations/{id}";
        return JsonAnswer.Accepted(OperationBodies.From(started), ApiJson.Default.OperationBody);
    }

    public async Task<IResult> GetAsync(string id, HttpContext context)
        => CallerIds.IsValid(id)
            && await guests.Operation(tenants.Of(context).Name, id).ReadAsync() is { } operation
            ? JsonAnswer.Ok(OperationBodies.From(operation), ApiJson.Default.OperationBody)
            : Refusals.OperationNotFound();
}
