using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>Personalization calls, which tell what they could have known.</summary>
public sealed class DecisionTests
{
    public static TheoryData<string> Calls =>
        ["/v2/callFlows", "/v1/personalize?sitecoreContextId=context-1&siteId=harbour-ie"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_decision_tells_which_events_of_its_browser_came_before(string call)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.PostAsync(await upstream.NewBrowserIdAsync());
        var before = await DecideAsync(upstream, call, browser);
        await upstream.PostAsync(browser);
        await upstream.PostAsync(browser, "ADD");
        await upstream.PostAsync(browser, more: ",\"pos\":\"elsewhere\"");
        var after = await DecideAsync(upstream, call, browser);

        Assert.Equal((0, 0), CountsOf(before));
        Assert.False(before.TryGetProperty("last_event", out _));
        Assert.Equal((3, 2), CountsOf(after));
        Assert.Equal("""{"ADD":1,"VIEW":1}""", after.GetProperty("types").GetRawText());
        Assert.Equal(
            upstream.Emulator.Arrivals.Since(browserId: browser).Last(a => a.Fate == Fate.Kept).Number,
            after.GetProperty("last_event").GetInt64());
        Assert.Equal("hero_banner", after.GetProperty("friendly_id").GetString());
    }

    [Theory]
    [InlineData("/v2/callFlows", """{"clientKey":"other","browserId":"x"}""", 401)]
    [InlineData("/v2/callFlows", """{"clientKey":"key-1"}""", 400)]
    [InlineData("/v2/callFlows", """{"clientKey":"key-1","browserId":"undefined"}""", 404)]
    [InlineData("/v2/callFlows", "[]", 400)]
    [InlineData("/v1/personalize", """{"clientKey":"key-1","browserId":"x"}""", 401)]
    public async Task A_wrong_call_is_refused_with_a_JSON_error(string call, string body, int status)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var response = await upstream.Http.PostAsync(call, new StringContent(body));
        Assert.Equal(status, (int)response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, error.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_decision_is_no_event()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        await DecideAsync(upstream, "/v2/callFlows", await upstream.NewBrowserIdAsync());
        var listed = await upstream.Http.GetFromJsonAsync<JsonElement>("/_emulator/events");
        Assert.Empty(listed.GetProperty("items").EnumerateArray());
        Assert.Equal(Fate.Served, upstream.Emulator.Arrivals.Since()[^1].Fate);
    }

    private static async Task<JsonElement> DecideAsync(RunningEmulator upstream, string call, string browser)
    {
        using var response = await upstream.Http.PostAsync(call, new StringContent(
            $$"""{"clientKey":"key-1","browserId":"{{browser}}","friendlyId":"hero_banner","channel":"WEB"}"""));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static (int Arrived, int Kept) CountsOf(JsonElement decision) =>
        (decision.GetProperty("events_arrived").GetInt32(), decision.GetProperty("events_kept").GetInt32());
}
