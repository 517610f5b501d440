using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Gets the grain that calls a tenant's upstream. Callers of the ingress have no credential with a tenant, so the tenant of
/// the call is set here.
/// </summary>
internal sealed class UpstreamGrains(IGrainFactory grains, CallerTenant caller)
{
    public IUpstreamGrain Of(string tenant)
    {
        caller.IsAtLeast(tenant);
        return grains.GetGrain<IUpstreamGrain>(tenant);
    }
}
