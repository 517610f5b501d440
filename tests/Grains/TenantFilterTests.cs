using System.Reflection;
using GuestSessions.Grains.Cluster;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace GuestSessions.Grains.Tests;

/// <summary>Who may call what, seen from the silo.</summary>
public sealed class TenantFilterTests
{
    private static readonly GrainId Client = GrainId.Parse("sys.client/3f2a");
    private static readonly GrainId OwnClient = GrainId.Parse("sys.client/hosted-127.0.0.1:11111@1");
    private static readonly GrainId OtherGrain = GrainId.Parse("guest/shop/0");

    [Fact]
    public async Task A_client_reaches_the_guests_of_the_tenant_it_calls_for() =>
        Assert.True(await ReachesAsync(Client, "shop", "shop/00000000000000000000000000000001"));

    [Theory]
    [InlineData("shop2")]
    [InlineData("sho")]
    [InlineData(null)]
    public Task A_client_that_calls_for_another_tenant_or_for_none_does_not_reach_the_guest(string? tenant) =>
        RefusesAsync(Client, tenant, "shop/00000000000000000000000000000001");

    [Fact]
    public Task A_silos_own_API_is_held_to_its_tenant_too() => RefusesAsync(OwnClient, "other", "shop");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Recovery_and_other_grains_call_for_no_tenant(bool client) =>
        Assert.True(await ReachesAsync(client ? OwnClient : OtherGrain, null, "shop/1", typeof(IGuestDeliveryGrain)));

    [Fact]
    public async Task A_silo_hears_of_a_tenants_change_whichever_call_made_it()
    {
        Assert.True(await ReachesAsync(
            OtherGrain, "shop", "hosted-127.0.0.1:11111@1+7", typeof(ITenantListener), target: OwnClient));
        await Assert.ThrowsAsync<ForeignTenantException>(() => ReachesAsync(
            Client, "shop", "hosted-127.0.0.1:11111@1+7", typeof(ITenantListener), target: OwnClient));
    }

    [Fact]
    public Task A_client_cannot_play_the_dispatcher() =>
        RefusesAsync(Client, "shop", "shop/1", typeof(IGuestDeliveryGrain));

    [Theory]
    [InlineData(typeof(IManagementGrain))]
    [InlineData(typeof(IDisposable))]
    [InlineData(typeof(IGuestGrain))]
    public Task A_client_reaches_no_grain_of_another_assembly(Type contract) =>
        RefusesAsync(Client, "shop", "shop", contract, new object());

    [Fact]
    public async Task A_client_learns_what_grains_there_are() => Assert.True(await ReachesAsync(
        Client, null, "any",
        typeof(IManagementGrain).Assembly.GetType("Orleans.Runtime.IClusterManifestSystemTarget", throwOnError: true),
        new object()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silos_reach_grains_of_other_assemblies(bool client) => Assert.True(
        await ReachesAsync(client ? OwnClient : OtherGrain, null, "any", typeof(IManagementGrain), new object()));

    private static Task<ForeignTenantException> RefusesAsync(
        GrainId source, string? tenant, string key, Type? contract = null, object? grain = null) =>
        Assert.ThrowsAsync<ForeignTenantException>(() => ReachesAsync(source, tenant, key, contract, grain));

    private static async Task<bool> ReachesAsync(
        GrainId source, string? tenant, string key, Type? contract = null, object? grain = null, GrainId? target = null)
    {
        RequestContext.Clear();
        if (tenant is not null)
            new CallerTenant(travels: true).Is(tenant);
        var call = new Call(source, target ?? GrainId.Parse($"guest/{key}"), contract ?? typeof(IGuestGrain),
            grain ?? new SendPermit(1, "shop"));
        await new TenantFilter(NullLogger<TenantFilter>.Instance).Invoke(call);
        return call.Arrived;
    }

    /// <summary>Stands for a grain of ours.</summary>
    private sealed class Call(GrainId source, GrainId target, Type contract, object grain) : IIncomingGrainCallContext
    {
        public bool Arrived { get; private set; }

        public GrainId? SourceId => source;
        public GrainId TargetId => target;
        public object Grain => grain;
        public MethodInfo InterfaceMethod => contract.GetMethods()[0];
        public string MethodName => InterfaceMethod.Name;

        public IInvokable Request => throw new NotSupportedException();
        public string InterfaceName => contract.Name;
        public GrainInterfaceType InterfaceType => throw new NotSupportedException();
        public MethodInfo ImplementationMethod => throw new NotSupportedException();
        public IGrainContext TargetContext => throw new NotSupportedException();
        public object? Result { get; set; }
        public Response? Response { get; set; }

        public Task Invoke()
        {
            Arrived = true;
            return Task.CompletedTask;
        }
    }
}
