using System.Reflection;
using GuestSessions.Grains.Contracts;
using Orleans;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Orleans' factory has a score of members of which the API uses one.</summary>
public class GrainFactoryProxy : DispatchProxy
{
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
        var grain = targetMethod!.ReturnType;
        return grain == typeof(IGuestDirectoryGrain) ? _cluster.Directory(key)
            : grain == typeof(ITenantGrain) ? _cluster.Tenant(key)
            : grain == typeof(IOperatorListsGrain) ? _cluster.Lists(key)
            : grain == typeof(IOperationGrain) ? _cluster.Operation(key)
            : _cluster.Guest(key);
    }
}
