using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using ClusterOptions = GuestSessions.Core.Options.ClusterOptions;

namespace GuestSessions.Silo;

/// <summary>Orleans as this service needs it.</summary>
internal static class Cluster
{
    /// <summary>
    /// Far above what ingest may queue at a grain (the grain itself refuses at 1,000 waiting commands), so that outcomes of
    /// deliveries are not shed with it.
    /// </summary>
    private const int MostQueuedRequests = 20_000;

    /// <summary>Longer than an append may take, shorter than a caller's patience.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Guests without calls or undelivered events leave memory after this.</summary>
    private static readonly TimeSpan IdleAge = TimeSpan.FromMinutes(15);

    public static ISiloBuilder AddCluster(this ISiloBuilder silo, ClusterOptions cluster)
    {
        silo.UseLocalhostClustering(PortOrFree(cluster.SiloPort), PortOrFree(cluster.GatewayPort));
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = CallTimeout;
            messaging.SystemResponseTimeout = CallTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = MostQueuedRequests;
        });
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = IdleAge);
        return silo;
    }

    /// <summary>A silo of its own needs no well-known port, and several on one machine must not collide.</summary>
    private static int PortOrFree(int port)
    {
        if (port != 0)
            return port;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
