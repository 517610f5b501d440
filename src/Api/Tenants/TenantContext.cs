using GuestSessions.Api.Authentication;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Tenants;

/// <summary>
/// Attaches the credential's tenant to every grain call of a request, whatever the endpoint does: the silo
/// rejects calls for another tenant.
/// </summary>
internal sealed class TenantContext(RequestDelegate next, CallerTenant caller)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.User is Caller { Tenant: var tenant })
            caller.Is(tenant);
        return next(context);
    }
}
