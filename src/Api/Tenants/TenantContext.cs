using GuestSessions.Api.Authentication;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// What a request asks of the cluster is asked for its credential's tenant, whatever an endpoint makes of it: the silo
/// holds every call to that.
/// </summary>
internal sealed class TenantContext(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User.FindFirst(CallerClaims.Tenant) is { } tenant)
            CallerTenant.Is(tenant.Value);
        return next(context);
    }
}
