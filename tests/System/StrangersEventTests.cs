using System.Net;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>What anybody with the public key can send costs nobody else a delivery.</summary>
public sealed class StrangersEventTests
{
    private const int Honest = 20;
    private const int Junk = 80;

    /// <summary>Far below the minute between two probes of a tenant in trouble.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Junk_events_under_browser_ids_that_nobody_knows_stop_no_delivery_of_a_backend()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address, ("Ingress:NewBrowsersPerSecondPerAddress", "0"));
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        using var http = new HttpClient { BaseAddress = silo.Address };
        await RecordAsync(client, "before");
        await ArrivedAsync(upstream, "before");

        for (var junk = 0; junk < Junk; junk++)
            Assert.True(await new SdkBrowser(http, Guid.NewGuid().ToString()).TrySendAsync($"/junk/{junk}"));
        await Eventually.TrueAsync(
            async () => await QuarantinedAsync(client) == Junk, Soon, "all junk is quarantined");
        await RecordAsync(client, "after");

        await ArrivedAsync(upstream, "after");
        Assert.Equal("none", await TroubleAsync(client));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task An_event_that_a_firewall_rejects_pauses_nobody_and_blocks_no_browser(int status)
    {
        const string Type = "CAMPAIGN_CLICK";
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        using var http = new HttpClient { BaseAddress = silo.Address };
        await RecordAsync(client, "before");
        await ArrivedAsync(upstream, "before");
        Assert.True(upstream.Faults.TryAdd(new FaultRule
        {
            Kind = FaultKind.Status,
            Status = status,
            Body = "<html>Request blocked.</html>",
            ContentType = "text/html",
            Type = Type,
            Path = FaultPath.Events,
        }));
        var browser = new SdkBrowser(http, await upstream.IssueBrowserIdAsync());

        Assert.True(await browser.TrySendAsync("/blocked", Type));
        Assert.True(await browser.TrySendAsync("/behind"));
        await RecordAsync(client, "after");

        await ArrivedAsync(upstream, "after");
        await Eventually.TrueAsync(
            () => upstream.Arrivals.Any(static arrival => arrival.Mark == "/behind"), Soon, "the browser's next event arrives");
        Assert.Equal("none", await TroubleAsync(client));
        Assert.Equal(1, await QuarantinedAsync(client));
    }

    [Fact]
    public async Task A_key_that_the_upstream_does_not_know_pauses_a_tenant_that_only_SDKs_feed()
    {
        await using var upstream = await Upstream.StartAsync();
        Assert.True(upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 401 }));
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        using var http = new HttpClient { BaseAddress = silo.Address };
        var browser = new SdkBrowser(http, Guid.NewGuid().ToString());

        Assert.True(await browser.TrySendAsync("/waits"));

        await Eventually.TrueAsync(
            async () => await TroubleAsync(client) == "misconfigured", Soon, "the tenant is paused");
        Assert.Equal(0, await QuarantinedAsync(client));
    }

    private static async Task RecordAsync(SessionsClient client, string eventId)
    {
        for (var guest = 0; guest < Honest; guest++)
            await client.RecordAsync(new SentEvent($"honest-{guest}", eventId));
    }

    private static Task ArrivedAsync(Upstream upstream, string eventId) => Eventually.TrueAsync(
        () => upstream.Arrivals.Count(arrival => arrival.Status == (int)HttpStatusCode.Created
            && arrival.Mark.EndsWith($"/{eventId}", StringComparison.Ordinal)) == Honest,
        Soon, $"'{eventId}' of every honest guest arrives");

    private static async Task<string?> TroubleAsync(SessionsClient client) =>
        (await client.ReadAsync("/v1/delivery-health")).GetProperty("delivery").GetProperty("trouble").GetString();

    private static async Task<int> QuarantinedAsync(SessionsClient client) =>
        (await client.ReadAsync("/v1/delivery-health")).GetProperty("quarantined").GetProperty("count").GetInt32();
}
