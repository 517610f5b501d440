using System.Net;
using System.Net.Sockets;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Ingress;

/// <summary>Who gets in: pages by their origin, addresses by their number of requests, and each by its own listener.</summary>
public sealed class DoorTests
{
    private const string Path = "/v1.2/browser/create.json?client_key=demo-client-key";

    [Theory]
    [InlineData("/v1.2/events", "POST", "content-type,x-library-version")]
    [InlineData(Path, "GET", "x-library-version")]
    [InlineData("/v1/events/v1.2/events?sitecoreContextId=c&siteId=s", "POST", "content-type,x-client-software-id,x-library-version")]
    [InlineData("/v1/personalize?sitecoreContextId=c", "POST", "content-type,x-library-version,x-sc-correlation-id")]
    [InlineData("/v1.2/events", "POST", "content-type,traceparent,tracestate,baggage,sentry-trace,newrelic,x-anything")]
    public async Task A_page_of_a_configured_origin_may_call(string path, string method, string headers)
    {
        await using var api = await ApiHost.StartAsync(Origin("https://shop.example"));

        var answer = await PreflightAsync(api, path, method, headers, "https://shop.example");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://shop.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        var allowed = Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Headers"))
            .Split(',').ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Superset(headers.Split(',').ToHashSet(), allowed);
    }

    [Fact]
    public async Task A_page_of_any_other_origin_may_not()
    {
        await using var api = await ApiHost.StartAsync(Origin("https://shop.example"));

        var answer = await PreflightAsync(api, "/v1.2/events", "POST", "content-type", "https://elsewhere.example");

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task The_API_itself_is_open_to_no_page()
    {
        await using var api = await ApiHost.StartAsync(Origin("*"));

        var answer = await PreflightAsync(api, "/v1/events", "POST", "content-type", "https://shop.example");

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Errors_can_be_read_by_pages_too()
    {
        await using var api = await ApiHost.StartAsync(Origin("*"));
        using var client = api.Client(secret: null);
        client.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        var answer = await client.GetAsync("/v1.2/browser/create.json?client_key=unknown");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task An_address_gets_so_many_requests_and_no_more()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:RequestsPerSecond"] = "1" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => api.GetAsync(Path, secret: null)));

        var refused = answers.Where(answer => answer.Status != HttpStatusCode.OK).ToList();
        Assert.InRange(refused.Count, 1, 38);
        Assert.All(refused, answer => answer.MustFail(429, "too_many_requests"));
    }

    [Fact]
    public async Task Browsers_never_seen_are_capped_and_those_that_return_are_not()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:NewBrowsersPerSecond"] = "1" });
        var known = Guid.NewGuid().ToString();
        api.Browser(known).WasSeen = true;

        var first = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => api.SendAsync(SdkCalls.View(Guid.NewGuid().ToString()))));
        var again = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => api.SendAsync(SdkCalls.View(known))));

        var refused = first.Where(answer => answer.Status != HttpStatusCode.Created).ToList();
        Assert.InRange(refused.Count, 1, 38);
        Assert.All(refused, answer => answer.MustFail(429, "too_many_new_browsers"));
        Assert.All(again, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
    }

    [Fact]
    public async Task With_a_listener_of_its_own_each_is_served_at_its_own_address_only()
    {
        var port = FreePort();
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:Urls"] = $"http://127.0.0.1:{port}" });
        using var client = new HttpClient();
        var ingress = $"http://127.0.0.1:{port}";

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(ingress + Path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(api.Address, Path))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(ingress + "/v1/guests/cust-42")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(api.Address, "/v1/guests/cust-42"))).StatusCode);
    }

    private static Dictionary<string, string?> Origin(string origin) => new() { ["Sessions:Ingress:Origins:0"] = origin };

    private static async Task<HttpResponseMessage> PreflightAsync(
        ApiHost api, string path, string method, string headers, string origin)
    {
        using var client = new HttpClient { BaseAddress = api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return await client.SendAsync(request);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
