using GuestSessions.Clustering.Tls;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using OrleansClusterOptions = Orleans.Configuration.ClusterOptions;

namespace GuestSessions.Clustering;

/// <summary>Configures Orleans for an API host: a client of every silo's gateway.</summary>
public static class ClientClustering
{
    public static IClientBuilder JoinCluster(this IClientBuilder client, ServiceOptions options)
    {
        client.UseAdoNetClustering(table =>
        {
            table.Invariant = ClusterSettings.Invariant;
            table.ConnectionString = ClusterSettings.MembershipConnection(options);
        });
        KnownInterfaceTypes.Register(client.Services);
        client.Configure<OrleansClusterOptions>(names => names.ClusterId = names.ServiceId = options.Cluster.Id);
        client.Configure<GatewayOptions>(static gateways =>
            gateways.GatewayListRefreshPeriod = ClusterSettings.GatewayRefresh);
        client.Configure<ClientMessagingOptions>(static messaging =>
            messaging.ResponseTimeout = ClusterSettings.CallTimeout);
        client.UseConnectionRetryFilter<WaitForCluster>();
        client.Configure<ExceptionSerializationOptions>(ClusterSettings.LetFaultsTravel);
        client.Configure<ConnectionOptions>(static connections =>
            connections.OpenConnectionTimeout = ClusterSettings.OpenTimeout);
        if (options.Cluster.Tls.IsOn)
        {
            var tls = new MutualTls(options.Cluster.Tls);
            client.UseTls(tls.Apply);
            client.Services.AddHostedService(_ => new TlsRehearsal(tls));
        }

        return client;
    }
}
