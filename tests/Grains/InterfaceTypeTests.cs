using GuestSessions.Clustering;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.TypeSystem;

namespace GuestSessions.Grains.Tests;

/// <summary>What silos and API hosts call the grain interfaces, on the wire and in an upgrade.</summary>
public sealed class InterfaceTypeTests
{
    [Fact]
    public void A_remembered_interface_is_called_what_Orleans_calls_it()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var names = services.GetRequiredService<TypeConverter>();
        var known = new KnownInterfaceTypes(services, names);
        var orleans = new GrainInterfaceTypeResolver([new AttributeGrainInterfaceTypeProvider(services)], names);
        var interfaces = typeof(IKeyringGrain).Assembly.GetTypes()
            .Where(static type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            .ToList();

        Assert.Contains(typeof(IGuestGrain), interfaces);
        Assert.All(interfaces.Concat(interfaces), type =>
        {
            Assert.True(known.TryGetGrainInterfaceType(type, out var found));
            Assert.Equal(orleans.GetGrainInterfaceType(type), found);
        });
    }

    [Fact]
    public void What_is_remembered_is_asked_before_Orleans_looks_again()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IGrainInterfaceTypeProvider, AttributeGrainInterfaceTypeProvider>();

        KnownInterfaceTypes.Register(services);

        Assert.Equal(typeof(KnownInterfaceTypes), services[0].ImplementationType);
    }
}
