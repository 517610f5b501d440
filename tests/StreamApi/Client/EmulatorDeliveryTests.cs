using GuestSessions.Core.Delivery;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>
/// The client against the emulator, which shares no code with it; over HTTP/1.1 and HTTP/2.
/// </summary>
public sealed class EmulatorDeliveryTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    [InlineData(HttpProtocols.Http1AndHttp2)]
    public async Task An_event_under_a_browser_id_of_the_upstream_is_delivered_and_kept(
        HttpProtocols protocols)
    {
        await using var upstream = await RunningEmulator.StartTlsAsync(protocols);
        using var client = Trusting(upstream);
        var browser = await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);
        var report = await client.SendAsync(Clients.View(browser.BrowserId!), CancellationToken.None);
        Assert.Equal((AttemptOutcome.Delivered, 201), (report.Outcome, report.Status));
        var arrival = Assert.Single(upstream.Emulator.Arrivals.Since(), arrival => arrival.Type == "VIEW");
        Assert.Equal((Fate.Kept, browser.BrowserId), (arrival.Fate, arrival.BrowserId));
    }

    [Fact]
    public async Task A_browser_id_comes_with_its_customer()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = Clients.For(upstream.Url);
        var browser = await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);
        Assert.Equal(AttemptOutcome.Delivered, browser.Attempt.Outcome);
        Assert.True(Guid.TryParse(browser.BrowserId, out _));
        Assert.True(Guid.TryParse(browser.CustomerReference, out _));
    }

    [Theory]
    [InlineData("""{"status":"OK"}""")]
    [InlineData("""{"ref":""}""")]
    [InlineData("""{"ref":"undefined"}""")]
    [InlineData("""{"ref":17}""")]
    [InlineData("""{"ref":"00000000-0000-0000-0000-000000000000"}""")]
    public async Task A_browser_id_that_is_none_is_never_handed_on(string answer)
    {
        await using var server = new RawServer(Replies.Answer(200, answer));
        using var client = Clients.For(server.Url);
        var browser = await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);
        Assert.Null(browser.BrowserId);
        Assert.Equal(
            (AttemptOutcome.InDoubt, "browser_id_malformed"),
            (browser.Attempt.Outcome, browser.Attempt.Error));
        Assert.StartsWith(
            "GET /v1.2/browser/create.json?client_key=key-1&message=%7B%7D HTTP/1.1",
            Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_browser_id_is_refused_and_an_unknown_key_misconfigured()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var client = Clients.For(upstream.Url);
        var unknownBrowser = await client.SendAsync(Clients.View(), CancellationToken.None);
        using var stranger = Clients.For(upstream.Url, tenant: acme => acme.StreamApi.ClientKey = "other");
        var unknownKey = await stranger.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.Refused, 404), (unknownBrowser.Outcome, unknownBrowser.Status));
        Assert.Equal((AttemptOutcome.Misconfigured, 401), (unknownKey.Outcome, unknownKey.Status));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1, FaultKind.ResetBefore, Fate.Open)]
    [InlineData(HttpProtocols.Http1, FaultKind.ResetAfter, Fate.Kept)]
    [InlineData(HttpProtocols.Http2, FaultKind.ResetBefore, Fate.Open)]
    [InlineData(HttpProtocols.Http2, FaultKind.ResetAfter, Fate.Kept)]
    public async Task A_reset_is_in_doubt_whether_the_upstream_took_the_event_or_not(
        HttpProtocols protocols, FaultKind kind, Fate fate)
    {
        await using var upstream = await RunningEmulator.StartTlsAsync(protocols);
        using var client = Trusting(upstream);
        var browser = await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = kind });
        var report = await client.SendAsync(Clients.View(browser.BrowserId!), CancellationToken.None);
        Assert.Equal((AttemptOutcome.InDoubt, "connection_lost"), (report.Outcome, report.Error));
        Assert.Equal(fate, Assert.Single(upstream.Emulator.Arrivals.Since(), a => a.Type == "VIEW").Fate);
    }

    [Fact]
    public async Task A_refused_stream_means_not_applied()
    {
        await using var upstream = await RunningEmulator.StartTlsAsync(HttpProtocols.Http2);
        using var client = Trusting(upstream);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.RefuseStream });
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.NotApplied, "stream_refused"), (report.Outcome, report.Error));
        Assert.Equal(0, upstream.Emulator.Arrivals.Since().Count(arrival => arrival.Fate != Fate.Open));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_means_not_applied()
    {
        await using var upstream = await RunningEmulator.StartTlsAsync(HttpProtocols.Http1);
        using var client = Clients.For(upstream.Url);
        var report = await client.SendAsync(Clients.View(), CancellationToken.None);
        Assert.Equal((AttemptOutcome.NotApplied, "tls_failed"), (report.Outcome, report.Error));
        Assert.Empty(upstream.Emulator.Arrivals.Since());
    }

    private static StreamClient Trusting(RunningEmulator upstream) =>
        Clients.For(upstream.Url, configure: Certificates.Trust(upstream.Certificate!));
}
