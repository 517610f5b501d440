using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GuestSessions.Emulator;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>The documented answers of the Stream API.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task A_new_browser_id_is_known_to_the_look_up_with_the_same_customer()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var created = await upstream.Http.GetFromJsonAsync<JsonElement>(
            "/v1.2/browser/create.json?client_key=key-1&message={}");
        var id = created.GetProperty("ref").GetString();
        var shown = await upstream.Http.GetFromJsonAsync<JsonElement>(
            $"/v1.2/browser/{id}/show.json?client_key=key-1&api_token=key-1");
        Assert.Equal(("OK", "1.2", "key-1"), (
            created.GetProperty("status").GetString(), created.GetProperty("version").GetString(),
            created.GetProperty("client_key").GetString()));
        Assert.Equal(id, shown.GetProperty("ref").GetString());
        Assert.Equal(
            created.GetProperty("customer_ref").GetString(),
            shown.GetProperty("customer").GetProperty("ref").GetString());
    }

    [Fact]
    public async Task An_event_is_answered_with_201_and_a_receipt_and_is_kept()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var response = await upstream.PostAsync(await upstream.NewBrowserIdAsync());
        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(("OK", "1.2", "key-1"), (
            receipt.GetProperty("status").GetString(), receipt.GetProperty("version").GetString(),
            receipt.GetProperty("client_key").GetString()));
        Assert.True(Guid.TryParse(receipt.GetProperty("ref").GetString(), out _));
        Assert.Equal(Fate.Kept, upstream.Emulator.Arrivals.Since()[^1].Fate);
    }

    [Fact]
    public async Task The_GET_form_is_the_same_event_and_may_be_long()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        var message = "{\"type\":\"VIEW\",\"channel\":\"WEB\",\"pos\":\"harbourbikes/ie\","
            + $"\"browser_id\":\"{browser}\","
            + $"\"page\":\"{new string('p', 20_000)}\"}}";
        using var response = await upstream.Http.GetAsync(
            $"/v1.2/event/create.json?client_key=key-1&message={Uri.EscapeDataString(message)}");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(message, Encoding.UTF8.GetString(upstream.Emulator.Arrivals.Since()[^1].Body.Span));
    }

    [Theory]
    [InlineData("""{"client_key":"key-1","type":"VIEW"}""", 400, "browser_id_missing")]
    [InlineData("""{"client_key":"key-1","type":"VIEW","browser_id":""}""", 400, "browser_id_missing")]
    [InlineData("""{"client_key":"key-1","browser_id":"x"}""", 400, "type_missing")]
    [InlineData("""{"client_key":"key-1",""", 400, "malformed")]
    [InlineData("""["client_key"]""", 400, "malformed")]
    [InlineData("""{"client_key":"\ud800"}""", 400, "malformed")]
    [InlineData("", 400, "malformed")]
    [InlineData("""{"client_key":"other","type":"VIEW"}""", 401, "unknown_client_key")]
    [InlineData("""{"type":"VIEW"}""", 401, "unknown_client_key")]
    [InlineData(
        """{"client_key":"key-1","type":"VIEW","browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11"}""", 404,
        "unknown_browser_id")]
    [InlineData("""{"client_key":"key-1","type":"VIEW","browser_id":"undefined"}""", 404, "unknown_browser_id")]
    public async Task A_wrong_event_is_refused_with_a_JSON_error(string body, int status, string reason)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var response = await upstream.Http.PostAsync("/v1.2/events", new StringContent(body));
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(
            ["code", "developerMessage", "message", "moreInfoUrl", "status"],
            error.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        var arrival = Assert.Single(upstream.Emulator.Arrivals.Since());
        Assert.Equal((Fate.Refused, reason, status), (arrival.Fate, arrival.Reason, arrival.Status));
    }

    [Theory]
    [InlineData("""{"pos":"elsewhere"}""")]
    [InlineData("""{"pos":"HarbourBikes/IE"}""")]
    [InlineData("{}")]
    public async Task An_event_for_an_unknown_point_of_sale_succeeds_and_is_never_seen_again(string members)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        var comma = members == "{}" ? "" : ",";
        using var response = await upstream.Http.PostAsync("/v1.2/events", new StringContent(
            $"{{\"client_key\":\"key-1\",\"type\":\"VIEW\",\"browser_id\":\"{browser}\"{comma}{members[1..]}"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Fate.Swallowed, upstream.Emulator.Arrivals.Since()[^1].Fate);
        Assert.Empty(upstream.Emulator.Sessions.Of(browser));
    }

    [Fact]
    public async Task Tenants_that_share_the_emulator_may_share_a_point_of_sale()
    {
        await using var upstream = await RunningEmulator.StartAsync(configure: settings =>
            settings.PointsOfSale.Add(new PointOfSale { Name = "harbourbikes/ie", SiteIds = { "harbour-ie" } }));
        using var response = await upstream.PostAsync(await upstream.NewBrowserIdAsync());
        Assert.Equal(Fate.Kept, upstream.Emulator.Arrivals.Since()[^1].Fate);
    }

    [Fact]
    public async Task A_browser_id_outlives_the_emulator_that_issued_it()
    {
        string browser;
        await using (var yesterday = await RunningEmulator.StartAsync())
            browser = await yesterday.NewBrowserIdAsync();
        await using var today = await RunningEmulator.StartAsync();
        using var response = await today.PostAsync(browser);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
