using GuestSessions.Clustering;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>What a client with a certificate of the cluster reaches through a gateway of a real silo.</summary>
public sealed class GatewayTests
{
    [Fact]
    public async Task A_client_of_a_gateway_gets_the_keyring_and_none_of_Orleans_own_grains()
    {
        await using var cluster = await Topology.StartAsync(silos: 1, apis: 1);
        using var host = await ConnectAsync(cluster);
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        Assert.NotEmpty(await grains.GetGrain<IKeyringGrain>(0).ReadSecretAsync());
        var management = grains.GetGrain<IManagementGrain>(0);
        await Assert.ThrowsAsync<ForeignTenantException>(() => management.GetHosts());
        await Assert.ThrowsAsync<ForeignTenantException>(() => management.ForceActivationCollection(TimeSpan.Zero));
        await Assert.ThrowsAsync<ForeignTenantException>(
            () => grains.GetGrain<IGuestGrain>("demo/00000000000000000000000000000001").ReadAsync());

        await host.StopAsync();
    }

    private static async Task<IHost> ConnectAsync(Topology cluster)
    {
        var options = new ServiceOptions
        {
            Cluster =
            {
                Provider = ClusterProvider.Postgres,
                ConnectionString = cluster.ConnectionString,
                Tls =
                {
                    Certificate = cluster.Certificates.Certificate,
                    Key = cluster.Certificates.Key,
                    Authority = cluster.Certificates.Authority,
                },
            },
        };
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => client.JoinCluster(options));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
