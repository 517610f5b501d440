using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Client;

/// <summary>The upstream behind its edge proxy: other addresses, the site instead of the point of sale.</summary>
public sealed class EdgeFormTests
{
    [Fact]
    public async Task An_event_goes_to_the_context_and_the_site_with_empty_key_and_point_of_sale()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url, tenant: Edge);

        var report = await client.SendAsync(
            Clients.View() with { PointOfSale = "harbourbikes/ie" }, CancellationToken.None);

        Assert.Equal(AttemptOutcome.Delivered, report.Outcome);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith(
            "POST /v1/events/v1.2/events?sitecoreContextId=ctx%2F1&siteId=harbour-ie HTTP/1.1", request, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"type":"VIEW","channel":"WEB","page":"/","n":1.10,"pos":"","browser_id":"""
            + $"\"{Clients.BrowserId}\",\"client_key\":\"\",\"requested_at\":\"2026-11-23T10:15:30.120Z\"}}",
            request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_the_event_is_left_out_where_the_tenant_says_so()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url, tenant: tenant =>
        {
            Edge(tenant);
            tenant.StreamApi.SendRequestedAt = false;
        });

        await client.SendAsync(Clients.View(), CancellationToken.None);

        Assert.DoesNotContain("requested_at", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_id_is_asked_for_by_the_context()
    {
        await using var server = new RawServer(Replies.Answer(
            200, $$"""{"ref":"{{Clients.BrowserId}}","customer_ref":"c"}"""));
        using var client = Clients.For(server.Url, tenant: Edge);

        var answer = await client.CreateBrowserIdAsync(Clients.Tenant, CancellationToken.None);

        Assert.Equal(Clients.BrowserId, answer.BrowserId);
        Assert.StartsWith(
            "GET /v1/events/v1.2/browser/create.json?sitecoreContextId=ctx%2F1&client_key= HTTP/1.1",
            Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_visitor_is_named_where_it_was_kept()
    {
        await using var server = new RawServer(Replies.Created);
        using var client = Clients.For(server.Url);

        await client.SendAsync(
            Clients.View() with { UserAgent = "Mozilla/5.0 (a", Address = "203.0.113.9" }, CancellationToken.None);

        var request = Assert.Single(server.Requests);
        Assert.Contains("User-Agent: Mozilla/5.0 (a\r\n", request, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 203.0.113.9\r\n", request, StringComparison.Ordinal);
    }

    private static void Edge(TenantOptions tenant)
    {
        tenant.StreamApi.Form = StreamApiForm.Edge;
        tenant.StreamApi.ContextId = "ctx/1";
        tenant.PointsOfSale.Add(new PointOfSaleOptions { Name = "harbourbikes/ie", SiteIds = ["harbour-ie", "old"] });
    }
}
