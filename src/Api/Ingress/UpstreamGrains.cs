using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// Gets the grain that calls a tenant's upstream. Callers of the ingress have no credential with a tenant, and silos
/// refuse calls without a tenant, so the tenant is set here.
/// </summary>
internal static class UpstreamGrains
{
    public static IUpstreamGrain UpstreamOf(this IGrainFactory grains, string tenant)
    {
        CallerTenant.IsAtLeast(tenant);
        return grains.GetGrain<IUpstreamGrain>(tenant);
    }
}
