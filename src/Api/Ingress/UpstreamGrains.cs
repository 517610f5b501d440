using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// The way to what a tenant's upstream answers. Callers here have no credential whose tenant could travel with the call,
/// and silos refuse who calls for none.
/// </summary>
internal static class UpstreamGrains
{
    public static IUpstreamGrain UpstreamOf(this IGrainFactory grains, string tenant)
    {
        CallerTenant.IsAtLeast(tenant);
        return grains.GetGrain<IUpstreamGrain>(tenant);
    }
}
