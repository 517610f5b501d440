using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GuestSessions.PostgresKit;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Who is let in on the silo's and the gateway's ports.</summary>
public sealed class TransportTests
{
    [Fact]
    public async Task Only_a_host_with_a_certificate_of_the_cluster_can_connect()
    {
        await using var cluster = await Topology.StartAsync(silos: 1, apis: 1);
        using var strangers = new CertificateFolder();
        var ports = await PostgresServer.ReadAsync<int>(cluster.ConnectionString,
            "SELECT port FROM orleansmembershiptable UNION SELECT proxyport FROM orleansmembershiptable");

        Assert.Equal(2, ports.Count);
        foreach (var port in ports)
        {
            Assert.False(await IsTakenAsync(port, null));
            Assert.False(await IsTakenAsync(port, strangers.Load()));
            Assert.True(await IsTakenAsync(port, cluster.Certificates.Load()));
        }
    }

    [Fact]
    public async Task Of_the_authoritys_certificates_only_those_with_an_allowed_name_can_connect()
    {
        await using var cluster = await Topology.StartAsync(
            silos: 1, apis: 0, settings: [("Cluster:Tls:Names:0", "host")]);
        var ports = await PostgresServer.ReadAsync<int>(cluster.ConnectionString,
            "SELECT port FROM orleansmembershiptable UNION SELECT proxyport FROM orleansmembershiptable");

        foreach (var port in ports)
        {
            Assert.True(await IsTakenAsync(port, cluster.Certificates.Sign("host")));
            Assert.False(await IsTakenAsync(port, cluster.Certificates.Sign("another-host")));
        }
    }

    [Fact]
    public async Task A_renewed_authority_and_certificate_are_taken_up_without_a_restart()
    {
        await using var cluster = await Topology.StartAsync(silos: 1, apis: 0);
        using var renewed = new CertificateFolder();
        var port = (await PostgresServer.ReadAsync<int>(cluster.ConnectionString,
            "SELECT proxyport FROM orleansmembershiptable")).Single();
        Assert.False(await IsTakenAsync(port, renewed.Load()));

        cluster.Certificates.ReplaceBy(renewed);

        await Eventually.TrueAsync(
            () => IsTakenAsync(port, renewed.Load()), TimeSpan.FromSeconds(10), "the renewed certificate is taken");
    }

    /// <summary>Whether the other side goes on after the handshake: under TLS 1.3 a refusal comes only then.</summary>
    private static async Task<bool> IsTakenAsync(int port, X509Certificate2? own)
    {
        using var certificate = own;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(socket.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "any",
                ClientCertificates = certificate is null ? null : [certificate],
            });
            // Orleans waits for the caller's first bytes, so silence means that it is content.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            return await tls.ReadAsync(new byte[1], patience.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
