using System.Diagnostics;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Ingest;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Delivery;

/// <summary>Stops a tenant's delivery and lets it go on.</summary>
internal sealed partial class TenantPauses(IGrainFactory grains, IngestOptions limits, ILogger<TenantPauses> logger)
{
    private const int BodyBytes = 4 * 1024;
    private const int LongestReason = 500;

    public Task<IResult> PauseAsync(HttpContext context) => ActAsync(context, async (tenant, act) =>
    {
        var view = await grains.GetGrain<ITenantGrain>(tenant).PauseAsync(act);
        LogPaused(tenant, act.By);
        return view;
    });

    public Task<IResult> ResumeAsync(HttpContext context) => ActAsync(context, async (tenant, act) =>
    {
        var view = await grains.GetGrain<ITenantGrain>(tenant).ResumeAsync(act);
        LogResumed(tenant, act.By);
        return view;
    });

    private async Task<IResult> ActAsync(
        HttpContext context, Func<string, TenantAct, Task<TenantDeliveryView>> act)
    {
        if (RequestBody.CheckType(context.Request, JsonAnswer.ContentType) is { } wrongType)
            return wrongType;
        var (body, refused) = await RequestBody.ReadAsync(context.Request, BodyBytes);
        using (body)
        {
            if (refused is not null)
                return refused;
            var (reason, fault) = ReasonOf(body.Bytes);
            if (reason is null)
                return fault!;
            var by = context.User.Identity?.Name ?? throw new UnreachableException("A credential has an id.");
            var view = await act(CallerClaims.TenantOf(context.User), new TenantAct(by, reason));
            return JsonAnswer.Ok(TenantDeliveryBody.Of(view), ApiJson.Default.TenantDeliveryBody);
        }
    }

    private (string? Reason, Refusal? Fault) ReasonOf(ReadOnlyMemory<byte> bytes)
    {
        var (document, fault) = StrictJson.Parse(bytes, limits.JsonDepth);
        if (document is null)
            return (null, fault!.Code == ResultCodes.MalformedJson
                ? Refusals.MalformedJson(fault.Detail)
                : Refusals.Invalid([fault]));
        using (document)
        {
            var root = document.RootElement;
            return root.ValueKind == System.Text.Json.JsonValueKind.Object
                && root.TryGetProperty("reason"u8, out var reason)
                && reason.ValueKind == System.Text.Json.JsonValueKind.String
                && reason.GetString() is { Length: > 0 and <= LongestReason } text
                    ? (text, null)
                    : (null, Refusals.Invalid([new Violation(
                        "missing_reason", "/reason", $"Expected why, in 1 to {LongestReason} characters.")]));
        }
    }

    // The reason is free text that may name a guest: it is kept with the pause, and in no log.
    [LoggerMessage(4101, LogLevel.Information, "Audit: key {Key} paused the delivery of tenant {Tenant}.")]
    private partial void LogPaused(string tenant, string key);

    [LoggerMessage(4102, LogLevel.Information, "Audit: key {Key} resumed the delivery of tenant {Tenant}.")]
    private partial void LogResumed(string tenant, string key);
}
