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

    public Task<IResult> PauseAsync(HttpContext context) => ActAsync(context, PauseAsync);

    public async Task<Answered<TenantDeliveryBody>> PauseAsync(Caller caller, ActRequest act)
    {
        var view = await grains.GetGrain<ITenantGrain>(caller.Tenant).PauseAsync(caller.Act(act.Reason));
        LogPaused(caller.Tenant, caller.Name);
        return JsonAnswer.Ok(TenantDeliveryBody.Of(view), ApiJson.Default.TenantDeliveryBody);
    }

    public Task<IResult> ResumeAsync(HttpContext context) => ActAsync(context, ResumeAsync);

    public async Task<Answered<TenantDeliveryBody>> ResumeAsync(Caller caller, ActRequest act)
    {
        var view = await grains.GetGrain<ITenantGrain>(caller.Tenant).ResumeAsync(caller.Act(act.Reason));
        LogResumed(caller.Tenant, caller.Name);
        return JsonAnswer.Ok(TenantDeliveryBody.Of(view), ApiJson.Default.TenantDeliveryBody);
    }

    private async Task<IResult> ActAsync(
        HttpContext context, Func<Caller, ActRequest, Task<Answered<TenantDeliveryBody>>> act)
    {
        var (request, refused) = await ActRequest.ReadAsync(context, BodyBytes, limits.JsonDepth, needsReason: true);
        return request is null ? refused! : await act(Caller.Of(context), request);
    }

    // The reason is free text that may name a guest: it is kept with the pause and never logged.
    [LoggerMessage(4101, LogLevel.Information, "Audit: key {Key} paused the delivery of tenant {Tenant}.")]
    private partial void LogPaused(string tenant, string key);

    [LoggerMessage(4102, LogLevel.Information, "Audit: key {Key} resumed the delivery of tenant {Tenant}.")]
    private partial void LogResumed(string tenant, string key);
}
