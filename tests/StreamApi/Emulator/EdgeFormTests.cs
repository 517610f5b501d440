using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>
/// The same upstream behind the edge proxy: a context id for the key, a site for the point of sale.
/// </summary>
public sealed class EdgeFormTests
{
    private const string Root = "/v1/events/v1.2";

    [Theory]
    [InlineData(Root)]
    [InlineData("/events/v1.2")]
    public async Task A_browser_made_at_the_edge_is_known_to_both_forms(string root)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var created = await upstream.Http.GetFromJsonAsync<JsonElement>(
            $"{root}/browser/create.json?sitecoreContextId=context-1&client_key=");
        var id = created.GetProperty("ref").GetString();
        var customer = created.GetProperty("customer_ref").GetString();
        Assert.Equal("", created.GetProperty("client_key").GetString());
        foreach (var show in new[]
        {
            $"{root}/browser/{id}/show.json?sitecoreContextId=context-1&client_key=&api_token=",
            $"/v1.2/browser/{id}/show.json?client_key=key-1&api_token=key-1",
        })
        {
            var shown = await upstream.Http.GetFromJsonAsync<JsonElement>(show);
            Assert.Equal(customer, shown.GetProperty("customer").GetProperty("ref").GetString());
        }
    }

    [Theory]
    [InlineData("events")]
    [InlineData("event/create.json")]
    public async Task The_site_says_the_point_of_sale_and_the_body_does_not(string operation)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        using var response = await PostAsync(
            upstream, browser, $"{Root}/{operation}?sitecoreContextId=context-1&siteId=harbour-ie");
        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.True(receipt.TryGetProperty("customer_ref", out _));
        Assert.Equal("harbourbikes/ie", Assert.Single(upstream.Emulator.Sessions.Of(browser)).Pos);
        var arrival = upstream.Emulator.Arrivals.Since()[^1];
        Assert.Equal(("context-1", "harbour-ie"), (arrival.ClientKey, arrival.SiteId));
    }

    [Theory]
    [InlineData("?sitecoreContextId=context-1&siteId=elsewhere")]
    [InlineData("?sitecoreContextId=context-1")]
    public async Task An_event_for_an_unknown_site_is_swallowed(string query)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        using var response = await PostAsync(upstream, browser, $"{Root}/events{query}");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Fate.Swallowed, upstream.Emulator.Arrivals.Since()[^1].Fate);
        Assert.Empty(upstream.Emulator.Sessions.Of(browser));
    }

    [Theory]
    [InlineData("?sitecoreContextId=key-1&siteId=harbour-ie")]
    [InlineData("?client_key=key-1&siteId=harbour-ie")]
    public async Task A_client_key_opens_nothing_at_the_edge(string query)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var response = await PostAsync(
            upstream, await upstream.NewBrowserIdAsync(), $"{Root}/events{query}");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unknown_context_id", upstream.Emulator.Arrivals.Since()[^1].Reason);
    }

    [Fact]
    public async Task A_page_of_any_origin_may_call()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var ask = new HttpRequestMessage(HttpMethod.Options, $"{Root}/events");
        ask.Headers.Add("Origin", "https://shop.example");
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        ask.Headers.Add("Access-Control-Request-Headers", "content-type,x-library-version");
        using var answer = await upstream.Http.SendAsync(ask);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(
            "X-Library-Version", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Headers")),
            StringComparison.Ordinal);
        Assert.Empty(upstream.Emulator.Arrivals.Since());
    }

    private static Task<HttpResponseMessage> PostAsync(
        RunningEmulator upstream, string browser, string url) => upstream.Http.PostAsync(url, new StringContent(
            $$"""{"client_key":"","pos":"","type":"VIEW","channel":"WEB","browser_id":"{{browser}}"}"""));
}
