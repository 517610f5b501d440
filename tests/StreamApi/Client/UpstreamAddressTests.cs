using System.Net;
using GuestSessions.Core.Delivery;
using GuestSessions.StreamApi.Tests.Fixtures;
using GuestSessions.StreamApi.Wire;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>Which addresses an upstream may have, and when that is looked at.</summary>
public sealed class UpstreamAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.9")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_not_of_the_public_internet_is_known_as_such(string address) =>
        Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.128.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.1.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2002:808:808::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:80b::200e")]
    public void A_public_address_is_known_as_such(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task An_upstream_at_a_private_address_is_not_connected_to(string host)
    {
        await using var server = new RawServer(Replies.Created);
        var url = server.Url.Replace("127.0.0.1", host, StringComparison.Ordinal);
        using var client = Clients.For(url, tenant: static acme => acme.StreamApi.AllowPrivate = false);

        var sent = await client.SendAsync(Clients.View(), CancellationToken.None);
        var browser = await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);

        Assert.Equal((AttemptOutcome.NotApplied, "address_not_allowed"), (sent.Outcome, sent.Error));
        Assert.Equal((AttemptOutcome.NotApplied, "address_not_allowed"), (browser.Attempt.Outcome, browser.Attempt.Error));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_name_that_means_a_private_address_later_is_not_connected_to_then()
    {
        await using var server = new RawServer(Replies.Created);
        var port = new Uri(server.Url).Port;
        var answers = new Queue<IPAddress[]>([[IPAddress.Loopback], [IPAddress.Loopback]]);
        var allowing = new UpstreamConnector(allowPrivate: true, (_, _) => Task.FromResult(answers.Dequeue()));
        var guarding = new UpstreamConnector(allowPrivate: false, (_, _) => Task.FromResult(answers.Dequeue()));
        using var handler = new SocketsHttpHandler { ConnectCallback = allowing.ConnectAsync };
        using var http = new HttpClient(handler);
        Assert.Equal(HttpStatusCode.Created, (await http.GetAsync(new Uri($"http://rebound.example:{port}/"))).StatusCode);

        using var guarded = new HttpClient(new SocketsHttpHandler { ConnectCallback = guarding.ConnectAsync });
        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => guarded.GetAsync(new Uri($"http://rebound.example:{port}/")));

        Assert.IsType<AddressNotAllowedException>(refused.InnerException);
        Assert.Equal(WireEnd.AddressNotAllowed, WireFailure.EndOf(refused, CancellationToken.None));
        Assert.Equal(1, server.Connections);
    }
}
