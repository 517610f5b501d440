using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GuestSessions.SdkTests;

/// <summary>
/// The official SDKs, unchanged, through the real service to an upstream: on an app's server and on a page in Chromium,
/// left alone and with the service killed in the middle.
/// </summary>
public sealed partial class SdkTests
{
    [Theory]
    [InlineData("engage-server.mjs", false, 5)]
    [InlineData("engage-server.mjs", true, 5)]
    [InlineData("cloud-server.mjs", false, 4)]
    [InlineData("cloud-server.mjs", true, 4)]
    public async Task On_a_server_everything_arrives_whole_and_in_order(string script, bool killed, int perVisit)
    {
        var edge = script.StartsWith("cloud", StringComparison.Ordinal);
        await using var shop = await Shop.OpenAsync(edge ? "Edge" : "Direct");
        using var client = await SdkClient.StartAsync(script, shop.Settings());

        await client.UntilPauseAsync();
        if (killed)
            await shop.DieAndComeBackAsync();
        await client.FinishAsync();

        var cookies = client.Told("cookie").AsArray().Select(static cookie => cookie!.GetValue<string>());
        var browserId = BrowserIdIn(cookies.First(static cookie => !cookie.Contains("personalize", StringComparison.Ordinal)));
        await MustBeWholeAsync(shop, client, browserId, 2 * perVisit, killed, edge);
        DecisionsMustHaveSeen(client, browserId, killed, perVisit - 2, (2 * perVisit) - 2);
    }

    [Theory]
    [InlineData("engage", false)]
    [InlineData("engage", true)]
    [InlineData("cloud", false)]
    [InlineData("cloud", true)]
    public async Task On_a_page_everything_arrives_whole_and_in_order(string sdk, bool killed)
    {
        const int perVisit = 4 + 3; // calls, and the queue's
        await using var shop = await Shop.OpenAsync(sdk == "cloud" ? "Edge" : "Direct");
        using var client = await SdkClient.StartAsync("browser.mjs", shop.Settings(sdk));

        await client.UntilPauseAsync();
        if (killed)
            await shop.DieAndComeBackAsync();
        await client.FinishAsync();

        // The cookie outlived the visit, and the service.
        var browserIds = client.Answers("begin").Select(static id => id!.GetValue<string>()).ToList();
        Assert.Equal(browserIds[0], browserIds[1]);
        var cookies = client.Told("cookies").AsArray();
        Assert.Contains(cookies, cookie => cookie!["value"]!.GetValue<string>() == browserIds[0]);
        Assert.All(cookies, static cookie => Assert.Equal("localhost", cookie!["domain"]!.GetValue<string>()));
        var guests = client.Answers("guest").Select(static guest => guest!.GetValue<string>()).Distinct();
        Assert.True(Guid.TryParse(Assert.Single(guests), out _));
        Assert.All(client.Answers("queue"), static queued => Assert.Equal(3, queued!.GetValue<int>()));

        await MustBeWholeAsync(shop, client, browserIds[0], 2 * perVisit, killed, sdk == "cloud");
        DecisionsMustHaveSeen(client, browserIds[0], killed, perVisit - 3, (2 * perVisit) - 3);
    }

    private static async Task MustBeWholeAsync(
        Shop shop, SdkClient client, string browserId, int events, bool killed, bool edge)
    {
        var sent = client.Requests.Where(static request => request.IsEvent).ToList();
        Assert.Equal(events, sent.Count);
        Assert.All(sent, static request => Assert.Equal(201, request.Status));

        // One request was in flight at the kill at most.
        var resends = killed ? 1 : 0;
        var kept = await shop.KeptAsync(browserId, arrived => Delivered.AreAll(sent, arrived));
        Delivered.MustBeWhole(sent, kept, resends, edge);
    }

    /// <summary>A decision is asked for only when the events before it have arrived.</summary>
    private static void DecisionsMustHaveSeen(
        SdkClient client, string browserId, bool killed, params int[] events)
    {
        var decisions = client.Answers("personalize");
        Assert.Equal(events.Length, decisions.Count);
        for (var at = 0; at < events.Length; at++)
        {
            var seen = decisions[at]!["events_kept"]!.GetValue<int>();
            Assert.Equal(browserId, decisions[at]!["browser_id"]!.GetValue<string>());
            Assert.InRange(seen, events[at], events[at] + (killed ? 1 : 0));
        }
    }

    private static string BrowserIdIn(string cookie) => BrowserId().Match(cookie).Value;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex BrowserId();
}
