using GuestSessions.Core.Memory;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Cluster;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Guests;
using GuestSessions.Grains.Guests.Browsers;
using GuestSessions.Grains.History;
using GuestSessions.Grains.Memory;
using GuestSessions.Grains.Operations;
using GuestSessions.Grains.Recovery;
using GuestSessions.Grains.Telemetry;
using GuestSessions.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains;

/// <summary>Registers what a silo needs besides Orleans, a journal and a stream client.</summary>
public static class GrainServices
{
    /// <summary>Adds delivery. Call it before adding Orleans, so that it exists when the first grain activates.</summary>
    public static IServiceCollection AddGuestDelivery(this IServiceCollection services, ClusterSize cluster)
    {
        services.AddSingleton(cluster);
        services.AddSingleton<SessionInstruments>();
        services.AddSingleton(static provider => provider.GetRequiredService<SessionInstruments>().Tallies);
        services.AddSingleton<DeliveryGate>();
        services.AddSingleton<IOutcomeSink, GrainOutcomeSink>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<IGuestPeers, GrainPeers>();
        services.AddSingleton(static _ => new WatcherLimit());
        services.AddSingleton<GuestPorts>();
        services.AddSingleton<OperationPorts>();
        services.AddSingleton<GuestRegister>();
        services.AddSingleton(static provider => new MemoryGauge(
            provider.GetRequiredService<IOptions<SessionsOptions>>().Value.Memory,
            provider.GetRequiredService<TimeProvider>(), MemoryReading.OfProcess));
        services.AddSingleton<IMemoryLevel>(static provider => provider.GetRequiredService<MemoryGauge>());
        services.AddHostedService<MemoryKeeper>();
        services.AddSingleton(TaskScheduler.Default);
        services.AddSingleton(new CallerTenant(travels: !cluster.IsOneSilo));
        // Nobody calls a silo that is alone from outside, and Orleans calls grains faster without a filter.
        if (!cluster.IsOneSilo)
            services.AddSingleton<IIncomingGrainCallFilter, TenantFilter>();
        return services.AddHostedService<SiloGauges>().AddHostedService<DeliveryDrain>();
    }

    /// <summary>
    /// Adds links to tenants, recovery and retention. Call it after adding Orleans: they call grains as soon as they start.
    /// </summary>
    public static IServiceCollection AddGuestRecovery(this IServiceCollection services) => services
        .AddHostedService<TenantLink>()
        .AddSingleton<IMembershipWatch, MembershipWatch>()
        .AddHostedService<RecoveryService>()
        .AddHostedService<RetentionService>()
        .AddHostedService<BacklogGauges>()
        .AddHostedService<HistoryReports>()
        .AddHostedService<SettingsAudit>()
        .AddHostedService<OperationRecovery>();
}
