using System.Net;
using System.Text;
using GuestSessions.Api.Ingress;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Tests.Ingress;

/// <summary>Whose call it is, from whatever proxies and strangers write.</summary>
public sealed class VisitorAddressTests
{
    private const string Proxy = "10.1.2.3";
    private const string Visitor = "203.0.113.7";

    [Theory]
    [InlineData("203.0.113.7", Visitor)]
    [InlineData("203.0.113.7:49152", Visitor)] // Azure's gateways.
    [InlineData("  203.0.113.7:49152\t", Visitor)]
    [InlineData("::ffff:203.0.113.7", Visitor)]
    [InlineData("[::ffff:203.0.113.7]:443", Visitor)]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("198.51.100.9, 203.0.113.7:49152, 10.9.9.9:80", Visitor)] // Two proxies of ours.
    [InlineData("garbage, 203.0.113.7", Visitor)]
    [InlineData("203.0.113.7,", Visitor)]
    [InlineData(",,203.0.113.7", Visitor)]
    [InlineData("\"198.51.100.9, 203.0.113.7", Visitor)] // A quote that a stranger opened.
    public void X_Forwarded_For_is_read_in_every_form(string header, string expected) =>
        Assert.Equal(expected, Of(("X-Forwarded-For", header)));

    [Theory]
    [InlineData("for=203.0.113.7", Visitor)]
    [InlineData("FOR=\"203.0.113.7:4711\"", Visitor)]
    [InlineData("for=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17")]
    [InlineData("for=\"[2001:db8:cafe::17]\";proto=https;by=203.0.113.43", "2001:db8:cafe::17")]
    [InlineData("proto=https; for=\"203.0.113.7\" ;by=\"_gateway\"", Visitor)]
    [InlineData("for=\"203.0.113.7:_port\"", Visitor)]
    [InlineData("for=198.51.100.9;host=\"a,b;for=192.0.2.1\", for=203.0.113.7", Visitor)]
    [InlineData("for=\", for=203.0.113.7", Visitor)] // A stranger opened a quote; the proxy wrote behind it.
    [InlineData("for=198.51.100.9;x=\", for=\"203.0.113.7\"", Visitor)]
    [InlineData("for=\\\", for=\"203.0.113.7\"", Visitor)]
    [InlineData("for=203.0.113.7, for=10.9.9.9", Visitor)]
    public void Forwarded_is_read_in_every_form(string header, string expected) =>
        Assert.Equal(expected, Of(("Forwarded", header)));

    [Theory]
    [InlineData("X-Forwarded-For", "unknown")]
    [InlineData("X-Forwarded-For", "_hidden")]
    [InlineData("X-Forwarded-For", "1")]
    [InlineData("X-Forwarded-For", "0x7f.1")]
    [InlineData("X-Forwarded-For", "010.0.0.1")]
    [InlineData("X-Forwarded-For", "203.0.113.7:99999")]
    [InlineData("X-Forwarded-For", "203.0.113.7:")]
    [InlineData("X-Forwarded-For", "[2001:db8::1")]
    [InlineData("X-Forwarded-For", "[203.0.113.7]")]
    [InlineData("X-Forwarded-For", "[]")]
    [InlineData("X-Forwarded-For", "203.0.113.7, garbage")]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("X-Forwarded-For", " , ,")]
    [InlineData("Forwarded", "for=unknown")]
    [InlineData("Forwarded", "for=_obfuscated")]
    [InlineData("Forwarded", "for=")]
    [InlineData("Forwarded", "proto=https")]
    [InlineData("Forwarded", "for=198.51.100.9;for=203.0.113.7")]
    [InlineData("Forwarded", "203.0.113.7")]
    [InlineData("Forwarded", "for=\"203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7;x")]
    [InlineData("Forwarded", "for=203.0.113.7, for=unknown")]
    public void Where_the_proxy_says_no_address_it_is_the_proxys_own(string name, string header) =>
        Assert.Equal(Proxy, Of((name, header)));

    [Fact]
    public void Several_headers_are_one_list_and_the_last_line_is_the_nearest()
    {
        Assert.Equal(Visitor, Of(("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal(Visitor, Of(("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-For", "10.4.4.4")));
        Assert.Equal(Visitor, Of(("Forwarded", "for=198.51.100.9"), ("Forwarded", "for=203.0.113.7")));
    }

    [Theory]
    [InlineData(ForwardedHeader.Either, Visitor)]
    [InlineData(ForwardedHeader.XForwardedFor, Visitor)]
    [InlineData(ForwardedHeader.Forwarded, "198.51.100.9")]
    public void Of_both_headers_one_is_believed(ForwardedHeader believed, string expected)
    {
        var visitors = new VisitorAddresses(new IngressOptions { TrustedProxies = ["10.0.0.0/8"], ForwardedHeader = believed });
        var call = CallFrom(Proxy, [("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=198.51.100.9")]);

        Assert.Equal(expected, visitors.Of(call).ToString());
    }

    [Fact]
    public void A_stranger_who_calls_directly_is_who_it_is_whatever_it_writes()
    {
        var visitors = new VisitorAddresses(new IngressOptions { TrustedProxies = ["10.0.0.0/8"] });
        (string, string)[] claims = [("X-Forwarded-For", "198.51.100.9"), ("Forwarded", "for=198.51.100.10")];

        Assert.Equal(Visitor, visitors.SubscriberOf(CallFrom("::ffff:203.0.113.7", claims)));
    }

    [Theory]
    [InlineData("2001:db8:1:2::3", "2001:db8:1:ffff::4", true)]
    [InlineData("2001:db8:1:2::3", "2001:db8:2:2::3", false)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    public void Addresses_of_IPv6_are_one_party_by_their_first_48_bits(string one, string other, bool same) =>
        Assert.Equal(same, VisitorAddresses.NetworkOf(IPAddress.Parse(one)) == VisitorAddresses.NetworkOf(IPAddress.Parse(other)));

    [Fact]
    public void What_a_stranger_writes_before_the_proxy_changes_nothing()
    {
        const string Alphabet = "\",;= \\[]:.%_-for1203unknown\t";
        var random = new Random(13);
        for (var round = 0; round < 20_000; round++)
        {
            var garbage = new StringBuilder();
            for (var length = random.Next(40); length > 0; length--)
                garbage.Append(Alphabet[random.Next(Alphabet.Length)]);

            Assert.Equal(Visitor, Of(("X-Forwarded-For", $"{garbage}, 203.0.113.7:49152")));
            Assert.Equal(Visitor, Of(("X-Forwarded-For", garbage.ToString()), ("X-Forwarded-For", "203.0.113.7")));
            Assert.Equal(Visitor, Of(("Forwarded", $"{garbage}, for=\"203.0.113.7:4711\";proto=https")));
        }
    }

    [Fact]
    public void Those_of_one_network_of_IPv6_count_as_one_and_others_do_not()
    {
        var visitors = new VisitorAddresses(new IngressOptions { TrustedProxies = ["10.0.0.0/8"] });
        string Subscriber(string address) => visitors.SubscriberOf(CallFrom(Proxy, [("X-Forwarded-For", address)]));

        Assert.Equal(Subscriber("2001:db8:1:2::1"), Subscriber("[2001:db8:1:2:ffff::9]:80"));
        Assert.NotEqual(Subscriber("2001:db8:1:2::1"), Subscriber("2001:db8:1:3::1"));
        Assert.Equal(Subscriber("203.0.113.7:1"), Subscriber("::ffff:203.0.113.7"));
        Assert.NotEqual(Subscriber("203.0.113.7"), Subscriber("203.0.113.8"));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_visitor_has_its_own_number_of_requests()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Ingress:RequestsPerSecond"] = "1",
            ["Sessions:Ingress:TrustedProxies:0"] = "127.0.0.0/8",
        });
        using var client = api.Client(secret: null);
        async Task<HttpStatusCode> CallAsync(string visitor)
        {
            using var call = new HttpRequestMessage(HttpMethod.Get, "/v1.2/browser/create.json?client_key=demo-client-key");
            call.Headers.Add("X-Forwarded-For", visitor);
            return (await client.SendAsync(call)).StatusCode;
        }

        for (var port = 1; port <= 10; port++)
            await CallAsync($"203.0.113.7:{port}");

        Assert.Equal(HttpStatusCode.TooManyRequests, await CallAsync("203.0.113.7:49152"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await CallAsync("garbage, 203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync("203.0.113.8:49152"));
    }

    private static string Of(params (string Name, string Value)[] headers) =>
        new VisitorAddresses(new IngressOptions { TrustedProxies = ["10.0.0.0/8"] }).Of(CallFrom(Proxy, headers)).ToString();

    private static DefaultHttpContext CallFrom(string peer, (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        foreach (var (name, value) in headers)
            context.Request.Headers.Append(name, value);
        return context;
    }
}
