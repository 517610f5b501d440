using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace GuestSessions.Clustering;

/// <summary>
/// Caches Orleans' type of each grain interface. Orleans computes it anew, by reflection over attributes, for every
/// reference that it creates: one or two per event, which cost a twentieth of the processor time of the whole path.
/// </summary>
internal sealed class KnownInterfaceTypes : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();
    private readonly Func<Type, GrainInterfaceType> _find;

    public KnownInterfaceTypes(IServiceProvider services, TypeConverter names) =>
        _find = new GrainInterfaceTypeResolver(
            [new AttributeGrainInterfaceTypeProvider(services)], names).GetGrainInterfaceType;

    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = _known.GetOrAdd(type, _find);
        return true;
    }

    /// <summary>Orleans uses the first provider that has an answer, so this one must precede Orleans' own.</summary>
    public static void Register(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, KnownInterfaceTypes>());
}
