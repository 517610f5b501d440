using System.Net;
using System.Net.Sockets;
using System.Text;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingress;

public sealed class BrowserIdTests
{
    private const string Create = "/v1.2/browser/create.json?client_key=demo-client-key";

    [Fact]
    public async Task Every_id_of_the_pool_is_given_out_once_then_local_ones()
    {
        await using var api = await ApiHost.StartAsync(browserIds: 2);
        await api.Upstream.Exhausted.Task;

        var given = new List<string>();
        for (var visitor = 0; visitor < 4; visitor++)
            given.Add((await api.GetAsync(Create, secret: null)).Json.GetProperty("ref").GetString()!);

        Assert.Equal([FakeUpstream.BrowserId(1), FakeUpstream.BrowserId(2)], given.Take(2).Order());
        Assert.All(given.Skip(2), local => Assert.True(LocalBrowserIds.Is(local)));
        Assert.Equal(4, given.Distinct().Count());
    }

    [Fact]
    public async Task A_new_browser_is_answered_as_the_upstream_does()
    {
        await using var api = await ApiHost.StartAsync(browserIds: 1);
        await api.Upstream.Exhausted.Task;

        var answer = await api.GetAsync(Create, secret: null);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            $$"""{"status":"OK","version":"1.2","client_key":"demo-client-key","ref":"{{FakeUpstream.BrowserId(1)}}","customer_ref":"customer-1"}""",
            answer.Text);
    }

    [Fact]
    public async Task Raw_braces_in_the_request_line_are_read_as_Engage_writes_them()
    {
        await using var api = await ApiHost.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Address.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {Create}&message={{}} HTTP/1.1\r\nHost: localhost\r\nX-Library-Version: 1.4.3\r\nConnection: close\r\n\r\n"));
        using var answer = new StreamReader(client.GetStream());

        Assert.StartsWith("HTTP/1.1 200", await answer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1.2/browser/create.json?client_key=unknown")]
    [InlineData("/v1.2/browser/create.json")]
    [InlineData("/v1/events/v1.2/browser/create.json?sitecoreContextId=unknown&client_key=demo-client-key")]
    [InlineData("/v1.2/browser/5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11/show.json?client_key=unknown")]
    [InlineData("/v1/events/v1.2/browser/5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11/show.json?sitecoreContextId=unknown")]
    public async Task An_unknown_key_opens_nothing(string path)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.GetAsync(path, secret: null)).MustFail(401, "unknown_client_key");
    }

    [Fact]
    public async Task A_guest_is_looked_up_upstream()
    {
        await using var api = await ApiHost.StartAsync(Configurations.Edge);
        api.Upstream.Answer = FakeUpstream.Json(200, """{"ref":"x","customer":{"ref":"c"}}""");

        var answer = await api.GetAsync(
            $"/v1/events/v1.2/browser/{SdkCalls.BrowserId}/show.json?sitecoreContextId=demo-context&client_key=&api_token=",
            secret: null);

        Assert.Equal("""{"ref":"x","customer":{"ref":"c"}}""", answer.Text);
        Assert.Equal(SdkCalls.BrowserId, Assert.Single(api.Upstream.Shown));
    }

    [Fact]
    public async Task A_local_id_is_looked_up_by_the_upstream_id_it_stands_for_and_answered_as_itself()
    {
        await using var api = await ApiHost.StartAsync(browserIds: 1);
        await api.Upstream.Exhausted.Task;
        api.Upstream.Answer = FakeUpstream.Json(200, """{"ref":"theirs","customer":{"ref":"c"}}""");
        var local = LocalBrowserIds.Make(Guid.NewGuid());
        var path = $"/v1.2/browser/{local}/show.json?client_key=demo-client-key&api_token=demo-client-key";

        var first = await api.GetAsync(path, secret: null);
        await api.GetAsync(path, secret: null);

        Assert.Equal($$$"""{"ref":"{{{local}}}","customer":{"ref":"c"}}""", first.Text);
        Assert.Equal([FakeUpstream.BrowserId(1), FakeUpstream.BrowserId(1)], api.Upstream.Shown);
        Assert.Equal(FakeUpstream.BrowserId(1), api.Browser(local).Mapped?.BrowserId);
    }

    [Fact]
    public async Task A_local_id_that_nothing_can_be_found_for_yet_says_so()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.GetAsync(
            $"/v1.2/browser/{LocalBrowserIds.Make(Guid.NewGuid())}/show.json?client_key=demo-client-key", secret: null);

        answer.MustFail(503, "unavailable");
    }

    [Fact]
    public async Task An_upstream_that_answers_HTML_is_reported_in_JSON()
    {
        await using var api = await ApiHost.StartAsync();
        api.Upstream.Answer = FakeUpstream.Json(502, "<html></html>");

        (await api.GetAsync($"/v1.2/browser/{SdkCalls.BrowserId}/show.json?client_key=demo-client-key", secret: null))
            .MustFail(502, "upstream_unreadable");
    }

    [Fact]
    public async Task Trouble_with_the_cluster_is_reported_in_JSON()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new SessionUnavailableException("down");

        (await api.GetAsync(
            $"/v1.2/browser/{LocalBrowserIds.Make(Guid.NewGuid())}/show.json?client_key=demo-client-key", secret: null))
            .MustFail(503, "unavailable");
    }
}
