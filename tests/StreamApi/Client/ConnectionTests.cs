using System.Net;
using System.Net.Sockets;
using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>No connection, no doubt.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_closed_port_means_not_applied()
    {
        using var client = Clients.For($"http://127.0.0.1:{FreePort()}");
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.NotApplied, "connect_failed"), (report.Outcome, report.Error));
        Assert.Null(report.Connection);
    }

    [Fact]
    public async Task An_unknown_host_means_not_applied()
    {
        using var client = Clients.For("http://stream.invalid", configure: handler =>
            handler.ConnectCallback = (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.NotApplied, "name_not_resolved"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_connection_that_never_comes_about_means_not_applied()
    {
        using var client = Clients.For("http://127.0.0.1:1", configure: handler =>
        {
            handler.ConnectTimeout = TimeSpan.FromMilliseconds(50);
            handler.ConnectCallback = async (_, cancellation) =>
                await new TaskCompletionSource<Stream>().Task.WaitAsync(cancellation);
        });
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.NotApplied, "connect_timeout"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_means_not_applied()
    {
        using var garbage = new TcpListener(IPAddress.Loopback, 0);
        garbage.Start();
        var answering = Task.Run(async () =>
        {
            using var socket = await garbage.AcceptSocketAsync();
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        });
        using var client = Clients.For($"https://{garbage.LocalEndpoint}");
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        await answering;
        Assert.Equal((AttemptOutcome.NotApplied, "tls_failed"), (report.Outcome, report.Error));
    }

    [Fact]
    public async Task A_connection_that_a_browser_was_made_over_is_a_pooled_one_for_its_first_event()
    {
        await using var server = new RawServer(
            Replies.Answer(200, """{"ref":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"}"""), Replies.Created);
        using var client = Clients.For(server.Url);

        await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);

        Assert.Equal(ConnectionUse.Pooled, report.Connection);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
