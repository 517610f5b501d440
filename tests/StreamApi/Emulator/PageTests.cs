using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

public sealed class PageTests
{
    [Fact]
    public async Task The_root_is_a_page_for_browsers_under_a_policy_that_runs_its_own_files_only()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept", "text/html,*/*");
        using var page = await upstream.Http.SendAsync(request);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (var file in new[] { "page.js", "page.css" })
        {
            var markup = await page.Content.ReadAsStringAsync();
            Assert.Contains($"_emulator/{file}", markup, StringComparison.Ordinal);
            using var got = await upstream.Http.GetAsync($"/_emulator/{file}");
            Assert.Equal(HttpStatusCode.OK, got.StatusCode);
            Assert.Equal("nosniff", Assert.Single(got.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task The_script_makes_no_markup_of_anything()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var script = await upstream.Http.GetStringAsync("/_emulator/page.js");
        string[] ways = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("];
        foreach (var way in ways)
            Assert.DoesNotContain(way, script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_view_shows_events_by_browser_and_effect_with_sessions_guests_and_rules()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser);
        await upstream.TellAsync(browser, more: ",\"channel\":\"web\"");
        await upstream.TellAsync(browser, more: ",\"pos\":\"elsewhere\"");
        await upstream.TellAsync(await upstream.NewBrowserIdAsync());

        var all = await upstream.Http.GetFromJsonAsync<JsonElement>("/_emulator/view?browser_id=&effect=");
        var mine = await upstream.Http.GetFromJsonAsync<JsonElement>($"/_emulator/view?browser_id={browser}");
        var swallowed = await upstream.Http.GetFromJsonAsync<JsonElement>(
            $"/_emulator/view?browser_id={browser}&effect=swallowed");
        Assert.Equal(4, all.GetProperty("events").GetArrayLength());
        Assert.Equal(2, all.GetProperty("browsers").GetArrayLength());
        Assert.Equal(
            """{"good":1,"misread":1,"swallowed":1}""",
            JsonSerializer.Serialize(mine.GetProperty("effects").EnumerateObject()
                .OrderBy(count => count.Name, StringComparer.Ordinal)
                .ToDictionary(count => count.Name, count => count.Value.GetInt32())));
        Assert.Equal("swallowed", mine.GetProperty("events")[0].GetProperty("effect").GetString());
        Assert.Single(swallowed.GetProperty("events").EnumerateArray());
        Assert.Equal(2, mine.GetProperty("sessions").GetArrayLength());
        var guest = Assert.Single(mine.GetProperty("guests").EnumerateArray());
        Assert.Equal("visitor", guest.GetProperty("type").GetString());
        Assert.Equal("CRM", mine.GetProperty("identity_rules")[0].GetProperty("provider").GetString());
    }

    [Fact]
    public async Task Events_can_be_asked_for_by_effect()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.TellAsync(browser);
        await upstream.TellAsync(browser, more: ",\"channel\":\"web\"");
        var misread = await upstream.Http.GetFromJsonAsync<JsonElement>("/_emulator/events?effect=misread");
        var only = Assert.Single(misread.GetProperty("items").EnumerateArray());
        Assert.Equal("letter_case", only.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.Equal("documented", only.GetProperty("findings")[0].GetProperty("basis").GetString());
    }
}
