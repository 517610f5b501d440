using GuestSessions.Api.Authentication;
using GuestSessions.Api.Support;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Delivery;

/// <summary>Pauses and resumes a tenant's delivery.</summary>
internal sealed partial class TenantPauses(IGrainFactory grains, IngestOptions limits, ILogger<TenantPauses> logger)
{
    private const int BodyBytes = 4 * 1024;

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
        HttpContext context, Func<string, ActMessage, Task<TenantDeliveryView>> act)
    {
        var (request, refused) = await ActRequest.ReadAsync(context, BodyBytes, limits.JsonDepth, needsReason: true);
        if (request is null)
            return refused!;
        var view = await act(
            Caller.Of(context).Tenant, new ActMessage(Caller.Of(context).Name, request.Reason));
        return JsonAnswer.Ok(TenantDeliveryBody.Of(view), ApiJson.Default.TenantDeliveryBody);
    }

    // The reason is free text that may name a guest: it is kept with the pause and never logged.
    [LoggerMessage(4101, LogLevel.Information, "Audit: key {Key} paused the delivery of tenant {Tenant}.")]
    private partial void LogPaused(string tenant, string key);

    [LoggerMessage(4102, LogLevel.Information, "Audit: key {Key} resumed the delivery of tenant {Tenant}.")]
    private partial void LogResumed(string tenant, string key);
}
