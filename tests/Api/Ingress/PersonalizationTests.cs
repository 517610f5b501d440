using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingress;

public sealed class PersonalizationTests
{
    private const string Call =
        $$"""{"channel":"WEB","clientKey":"demo-client-key","friendlyId":"exp","browserId":"{{SdkCalls.BrowserId}}"}""";

    [Fact]
    public async Task A_call_is_forwarded_and_its_answer_returned()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync(Call, "/v2/callFlows");

        Assert.Equal((HttpStatusCode.OK, """{"decision":"a"}"""), (answer.Status, answer.Text));
        Assert.Equal(Call, Assert.Single(api.Upstream.Calls).Body.Text());
    }

    [Fact]
    public async Task It_goes_upstream_only_once_the_browsers_earlier_events_have_gone()
    {
        await using var api = await ApiHost.StartAsync();
        var delivered = new TaskCompletionSource<bool>();
        api.Browser().Delivered = delivered.Task;

        var answer = api.SendAsync(Call, "/v2/callFlows");
        Assert.Empty(api.Upstream.Calls);
        delivered.SetResult(true);

        Assert.Equal(HttpStatusCode.OK, (await answer).Status);
        Assert.Single(api.Upstream.Calls);
    }

    [Fact]
    public async Task The_edge_form_is_forwarded_with_its_site()
    {
        await using var api = await ApiHost.StartAsync(Configurations.Of(
            Configurations.Edge, new() { ["Sessions:Tenants:demo:StreamApi:Form"] = "Edge" }));

        var answer = await api.SendAsync(
            """{"clientKey":"","friendlyId":"exp"}""", "/v1/personalize?sitecoreContextId=demo-context&siteId=harbour-ie");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("harbour-ie", Assert.Single(api.Upstream.Calls).SiteId);
    }

    [Fact]
    public async Task The_form_that_the_tenants_upstream_does_not_have_is_not_configured()
    {
        await using var api = await ApiHost.StartAsync(Configurations.Edge);

        (await api.SendAsync(Call, "/v1/personalize?sitecoreContextId=demo-context")).MustFail(501, "not_configured");
        Assert.Empty(api.Upstream.Calls);
    }

    [Fact]
    public async Task Local_ids_are_replaced_by_the_upstreams()
    {
        await using var api = await ApiHost.StartAsync(browserIds: 1);
        await api.Upstream.Exhausted.Task;
        var local = LocalBrowserIds.Make(Guid.NewGuid());
        var customer = LocalBrowserIds.Make(Guid.NewGuid());

        await api.SendAsync(
            $$"""{"clientKey":"demo-client-key","guestRef":"{{customer}}","browserId":"{{local}}"}""", "/v2/callFlows");

        Assert.Equal(
            $$"""{"clientKey":"demo-client-key","guestRef":"customer-1","browserId":"{{FakeUpstream.BrowserId(1)}}"}""",
            Assert.Single(api.Upstream.Calls).Body.Text());
    }

    [Fact]
    public async Task An_unknown_key_opens_nothing()
    {
        await using var api = await ApiHost.StartAsync();

        (await api.SendAsync("""{"clientKey":"unknown"}""", "/v2/callFlows")).MustFail(401, "unknown_client_key");
        (await api.SendAsync("{}", "/v1/personalize?sitecoreContextId=unknown")).MustFail(401, "unknown_client_key");
    }

    [Fact]
    public async Task An_upstream_that_gives_no_answer_is_reported_in_JSON()
    {
        await using var api = await ApiHost.StartAsync();
        api.Upstream.Answer = new RelayedAnswer(null, default);

        (await api.SendAsync(Call, "/v2/callFlows")).MustFail(503, "unavailable");
    }
}
