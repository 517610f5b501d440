using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace GuestSessions.Clustering;

/// <summary>
/// Remembers what Orleans calls each grain interface. Orleans finds it out anew, by reflection over attributes, for every
/// reference that it makes, which is one or two for each event: a twentieth of the processor's time on the whole path.
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

    /// <summary>The first provider that knows an answer is taken, so it has to stand before Orleans's own.</summary>
    public static void Register(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, KnownInterfaceTypes>());
}
