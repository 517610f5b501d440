using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingress;

public sealed class EventIntakeTests
{
    [Fact]
    public async Task An_event_is_stored_whole_with_the_guest_that_its_browser_is()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync(SdkCalls.View());

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var recorded = Assert.Single(api.Browser().FromBrowsers);
        Assert.Equal(
            $$"""{"status":"OK","version":"1.2","client_key":"demo-client-key","ref":"{{recorded.Event.EventId}}"}""",
            answer.Text);
        Assert.Equal($"browser:{SdkCalls.BrowserId}", recorded.Guest);
        Assert.Null(recorded.Quarantine);
        Assert.Equal(SdkCalls.View(), recorded.Event.Content.Body.ToString());
        Assert.Equal((SdkCalls.BrowserId, "WEB", "harbourbikes/ie"),
            (recorded.Event.Content.BrowserId, recorded.Event.Content.Channel, recorded.Event.Content.PointOfSale));
        Assert.Equal("""{"language":"EN"}""", recorded.Event.Content.Defaults.ToString());
        Assert.Null(recorded.Event.OccurredAt);
    }

    [Fact]
    public async Task A_name_with_half_of_a_character_hides_no_key()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync("""{"a\ud83d":1,""" + SdkCalls.View()[1..]);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Null(Assert.Single(api.Browser().FromBrowsers).Quarantine);
    }

    [Fact]
    public async Task The_edge_form_names_tenant_and_point_of_sale_in_the_address()
    {
        await using var api = await ApiHost.StartAsync(Configurations.Edge);

        var answer = await api.SendAsync(
            SdkCalls.EdgeView(), "/v1/events/v1.2/events?sitecoreContextId=demo-context&siteId=harbour-ie");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var recorded = Assert.Single(api.Browser().FromBrowsers);
        Assert.Equal((null, "harbourbikes/ie"), (recorded.Quarantine, recorded.Event.Content.PointOfSale));
        Assert.Contains("/pos\":\"harbourbikes/ie\"", recorded.Event.Content.Defaults.ToString(), StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 6, 23, 46, 688, TimeSpan.Zero), recorded.Event.OccurredAt);
    }

    [Fact]
    public async Task The_GET_form_carries_the_event_in_the_address()
    {
        await using var api = await ApiHost.StartAsync();
        var message = SdkCalls.View(key: "").Replace("\"v7\"", "\"+353 1 & more {}\"", StringComparison.Ordinal);

        var answer = await api.GetAsync(
            $"/v1.2/event/create.json?client_key=demo-client-key&message={Uri.EscapeDataString(message)}", secret: null);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(message, Assert.Single(api.Browser().FromBrowsers).Event.Content.Body.ToString());
    }

    [Fact]
    public async Task A_GET_of_an_event_far_over_8_KB_is_recorded_complete()
    {
        await using var api = await ApiHost.StartAsync();
        var message = SdkCalls.View().Replace("\"v7\"", $"\"{new string('é', 10_000)}\"", StringComparison.Ordinal);

        var answer = await api.GetAsync(
            $"/v1.2/event/create.json?client_key=demo-client-key&message={Uri.EscapeDataString(message)}", secret: null);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(message, Assert.Single(api.Browser().FromBrowsers).Event.Content.Body.ToString());
    }

    [Theory]
    [InlineData("", "message_missing")]
    [InlineData("&message={\"type\":\"VIEW\",\"page\":\"a&b\"}", "malformed_json")]
    public async Task A_GET_whose_event_was_cut_at_an_ampersand_is_a_bad_request(string message, string code)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.GetAsync($"/v1.2/event/create.json?client_key=demo-client-key{message}", secret: null);

        answer.MustFail(400, code);
    }

    [Theory]
    [InlineData("\"\"", "browser_id_unusable")]
    [InlineData("\"undefined\"", "browser_id_unusable")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"", "browser_id_unusable")]
    [InlineData("null", "browser_id_missing")]
    public async Task A_browser_id_that_names_nobody_never_becomes_a_guest(string browserId, string code)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync(
            SdkCalls.View().Replace($"\"{SdkCalls.BrowserId}\"", browserId, StringComparison.Ordinal));

        answer.MustFail(400, code);
        Assert.Empty(api.Cluster.Recorded);
    }

    [Theory]
    [InlineData("{", "malformed_json")]
    [InlineData("[]", "malformed_json")]
    [InlineData("""{"client_key":"demo-client-key","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"}""", "type_missing")]
    public async Task What_is_no_event_is_a_bad_request(string body, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.SendAsync(body, "/v1.2/events?client_key=demo-client-key")).MustFail(400, code);
    }

    [Theory]
    [InlineData("/v1.2/events")]
    [InlineData("/v1.2/event/create.json")]
    [InlineData("/v1/events/v1.2/events?sitecoreContextId=unknown")]
    [InlineData("/v1/events/v1.2/event/create.json?sitecoreContextId=unknown")]
    public async Task An_unknown_key_opens_nothing(string path)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.SendAsync(SdkCalls.View(key: "unknown"), path)).MustFail(401, "unknown_client_key");
        Assert.Empty(api.Browser().FromBrowsers);
    }

    [Theory]
    [InlineData("\"pos\":\"nowhere\"", "unknown_point_of_sale")]
    [InlineData("\"pos\":\"harbourbikes/ie\",\"pos\":\"nowhere\"", "unknown_point_of_sale")]
    [InlineData("\"pos\":\"harbourbikes/ie\",\"pos\":\"harbourbikes/ie\"", null)]
    [InlineData("\"pos\":\"harbourbikes/ie\",\"session_data\":[]", null)]
    public async Task What_is_certainly_lost_is_kept_in_quarantine_with_its_code_and_the_rest_forwarded(string pos, string? code)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.SendAsync(
            SdkCalls.View().Replace("\"pos\":\"harbourbikes/ie\"", pos, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(code, Assert.Single(api.Browser().FromBrowsers).Quarantine);
    }

    [Fact]
    public async Task What_the_guest_itself_rejects_is_kept_in_quarantine_too()
    {
        await using var api = await ApiHost.StartAsync();
        api.Browser().BrowserEffect = asked => asked.Quarantine is null
            ? new RecordResult(RecordStatus.Rejected, Code: "too_many_identifiers") : null;

        var answer = await api.SendAsync(SdkCalls.View());

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("too_many_identifiers", Assert.Single(api.Browser().FromBrowsers).Quarantine);
    }

    [Fact]
    public async Task Trouble_of_ours_is_reported_in_JSON_and_nothing_is_acknowledged()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new SessionUnavailableException("down");

        var answer = await api.SendAsync(SdkCalls.View());

        answer.MustFail(503, "unavailable");
        Assert.Equal(1, answer.RetryAfter);
    }

    [Fact]
    public async Task An_SDK_event_over_the_limit_is_answered_413_payload_too_large()
    {
        await using var api = await ApiHost.StartAsync();

        (await api.SendAsync(SdkCalls.View(pos: new string('x', 40_000)))).MustFail(413, "payload_too_large");
    }

    [Theory]
    [InlineData("false", null)]
    [InlineData("true", "127.0.0.1")]
    public async Task The_visitor_is_kept_only_where_the_tenant_forwards_it(string forward, string? address)
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Tenants:demo:ForwardVisitor"] = forward });
        using var client = api.Client(secret: null);
        client.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (visitor)");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        using var body = new StringContent(SdkCalls.View());
        await client.PostAsync("/v1.2/events", body);

        var recorded = Assert.Single(api.Browser().FromBrowsers).Event;
        Assert.Equal((address, address is null ? null : "Mozilla/5.0 (visitor)"), (recorded.Content.Address, recorded.Content.UserAgent));
    }

    [Fact]
    public async Task A_trusted_proxy_is_believed_about_the_visitor()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Tenants:demo:ForwardVisitor"] = "true",
            ["Sessions:Ingress:TrustedProxies:0"] = "127.0.0.0/8",
            ["Sessions:Ingress:TrustedProxies:1"] = "10.0.0.0/8",
        });
        using var client = api.Client(secret: null);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.9, 10.1.2.3");

        using var body = new StringContent(SdkCalls.View());
        await client.PostAsync("/v1.2/events", body);

        Assert.Equal("203.0.113.9", Assert.Single(api.Browser().FromBrowsers).Event.Content.Address);
    }
}
