using System.Reflection;
using GuestSessions.Grains.Contracts;
using Orleans;
using Orleans.Runtime;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>
/// Orleans' factory has a score of members of which the API uses one. Like a silo, it refuses who does not say for which
/// tenant it calls.
/// </summary>
public class GrainFactoryProxy : DispatchProxy
{
    private const string CallerTenant = "sessions.tenant";

    private FakeCluster _cluster = null!;

    public static IGrainFactory Over(FakeCluster cluster)
    {
        var factory = Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)(object)factory)._cluster = cluster;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var key = (string)args![0]!;
        if (key.Split('/')[0] != RequestContext.Get(CallerTenant) as string)
            throw new ForeignTenantException($"{targetMethod!.ReturnType.Name} of {key} is called for another tenant.");
        return targetMethod!.ReturnType.Name switch
        {
            nameof(IGuestDirectoryGrain) or nameof(IBrowserDirectoryGrain) or nameof(IEventSearchGrain) => _cluster.Directory(key),
            nameof(ITenantGrain) => _cluster.Tenant(key),
            nameof(IGuestListsGrain) => _cluster.Lists(key),
            nameof(IOperationGrain) => _cluster.Operation(key),
            nameof(IRejectionsGrain) => _cluster.Rejections(key),
            nameof(IRevealsGrain) => _cluster.Reveals(key),
            nameof(ITenantHistoryGrain) => _cluster.History,
            nameof(IExtTypesGrain) => _cluster.ExtTypes(key),
            nameof(IUpstreamGrain) => _cluster.Upstream,
            _ => _cluster.Guest(key),
        };
    }
}
