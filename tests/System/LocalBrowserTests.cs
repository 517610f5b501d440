using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A visitor whom the service gave a local browser id, and the guest whom a backend names by it.</summary>
public sealed class LocalBrowserTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Events_that_name_a_local_browser_id_go_upstream_under_the_id_of_the_browsers_own_events()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var http = new HttpClient { BaseAddress = silo.Address };
        using var client = new SessionsClient(silo.Address);
        var local = $"10ca1b1d-{Guid.NewGuid().ToString()[9..14]}8{Guid.NewGuid().ToString()[15..]}";
        var browser = new SdkBrowser(http, local);

        await client.RecordAsync(new SentEvent("cust-1", "own"));
        Assert.True(await browser.TrySendAsync("/sdk/1"));
        await client.RecordAsync(new SentEvent("cust-1", "named") { BrowserId = local });
        await silo.KillAsync();
        await silo.StartAsync();
        Assert.True(await browser.TrySendAsync("/sdk/2"));
        await client.RecordAsync(new SentEvent("cust-2", "named") { BrowserId = local });
        await Eventually.TrueAsync(
            () => upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().Count() == 5, Patience,
            "everything has arrived");

        var ids = upstream.Arrivals.ToLookup(static arrival => arrival.Mark, static arrival => arrival.BrowserId);
        var own = Assert.Single(ids["/cust-1/own"].Distinct());
        var mapped = Assert.Single(upstream.Arrivals.Where(static arrival => arrival.Mark != "/cust-1/own")
            .Select(static arrival => arrival.BrowserId).Distinct());
        Assert.NotEqual(own, mapped);
        Assert.NotEqual(local, mapped);
    }
}
