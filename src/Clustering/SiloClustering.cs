using GuestSessions.Clustering.Membership;
using GuestSessions.Clustering.Tls;
using GuestSessions.Core.Memory;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansClusterOptions = Orleans.Configuration.ClusterOptions;

namespace GuestSessions.Clustering;

/// <summary>Configures Orleans for a silo of this service.</summary>
public static class SiloClustering
{
    /// <summary>
    /// Far above the number that ingest may queue at a grain (the grain itself rejects ingest at 1,000 waiting commands), so that
    /// outcomes of deliveries are never rejected with it.
    /// </summary>
    private const int MostQueuedRequests = 20_000;

    public static ISiloBuilder AddCluster(this ISiloBuilder silo, ServiceOptions options)
    {
        KnownInterfaceTypes.Register(silo.Services);
        var cluster = options.Cluster;
        if (cluster.Provider == ClusterProvider.Postgres)
            silo.JoinByTable(options);
        else
            silo.StandAlone();
        if (cluster.Provider == ClusterProvider.Postgres && cluster.Tls.IsOn)
        {
            var tls = new MutualTls(cluster.Tls);
            silo.UseTls(tls.Apply);
            silo.Services.AddHostedService(_ => new TlsRehearsal(tls));
        }

        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = ClusterSettings.CallTimeout;
            messaging.SystemResponseTimeout = ClusterSettings.CallTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = MostQueuedRequests;
        });
        silo.Configure<ExceptionSerializationOptions>(ClusterSettings.LetFaultsTravel);
        silo.Configure<ConnectionOptions>(static connections =>
            connections.OpenConnectionTimeout = ClusterSettings.OpenTimeout);
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            // The age has to be longer than the time between two collections.
            collection.CollectionAge = options.Memory.IdleAge;
            var look = options.Memory.IdleAge / 2;
            if (look < collection.CollectionQuantum)
                collection.CollectionQuantum = look;
        });

        silo.Configure<GrainDirectoryOptions>(static directory =>
            directory.CacheSize = PlacesToRemember(MemoryReading.OfProcess().Limit));

        // Silos of two releases run side by side during an upgrade. A call of interface version n reaches activations of
        // version n and newer; an older activation is ended, and a new one starts on a newer silo. CONTRIBUTING says when to
        // raise a version.
        silo.Configure<GrainVersioningOptions>(static versions =>
        {
            versions.DefaultCompatibilityStrategy = nameof(BackwardCompatible);
            versions.DefaultVersionSelectorStrategy = nameof(AllCompatibleVersions);
        });
        return silo;
    }

    /// <summary>
    /// How many grains a silo remembers the place of, besides those that it has. Orleans would remember a million, some 340 bytes
    /// each, however little memory the process may take. A grain that is forgotten costs the next call one question to the directory.
    /// </summary>
    /// <param name="memory">Most bytes of the process's heap. A guest in memory takes about 16 KB of it.</param>
    public static int PlacesToRemember(long memory) => (int)Math.Clamp(memory / (16 * 1024), 10_000, 1_000_000);

    /// <summary>The port is only part of the silo's name: nothing listens on it.</summary>
    private static void StandAlone(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(EndpointOptions.DEFAULT_SILO_PORT, gatewayPort: 0);
        NoPorts.Use(silo.Services);
    }

    private static ISiloBuilder JoinByTable(this ISiloBuilder silo, ServiceOptions options)
    {
        silo.Services.AddHostedService(_ => new MembershipTables(options));
        // Two silos that search for free ports could find the same ones, and the others would treat them as one silo.
        silo.ConfigureEndpoints(
            ClusterSettings.Resolve(options.Cluster.Address),
            options.Cluster.SiloPort is 0 ? EndpointOptions.DEFAULT_SILO_PORT : options.Cluster.SiloPort,
            options.Cluster.GatewayPort is 0 ? EndpointOptions.DEFAULT_GATEWAY_PORT : options.Cluster.GatewayPort);
        silo.UseAdoNetClustering(table =>
        {
            table.Invariant = ClusterSettings.Invariant;
            table.ConnectionString = ClusterSettings.MembershipConnection(options);
        });
        silo.Configure<OrleansClusterOptions>(names => names.ClusterId = names.ServiceId = options.Cluster.Id);
        silo.Configure<ClusterMembershipOptions>(FailureDetection);
        return silo;
    }

    /// <summary>
    /// A silo that is killed or hangs is declared dead after about 10 s at most: three probes of 3 s, by two other silos if
    /// there are two; sooner when its connections break. Shorter times would declare machines dead that are only busy.
    /// </summary>
    private static void FailureDetection(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(3);
        // No silo counts a missed probe while its last message is younger than this times the missed probes. The default is
        // four times as long: a silo that hangs, so that no connection breaks, would keep its guests for 36 s.
        membership.MaxProbeTimeout = membership.ProbeTimeout;
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        membership.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
        membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
    }
}
