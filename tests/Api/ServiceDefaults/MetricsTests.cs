using System.Net;
using System.Net.Sockets;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;

namespace GuestSessions.Api.Tests.ServiceDefaults;

/// <summary>Who gets <c>/metrics</c>. The names are tested at the real process.</summary>
public sealed class MetricsTests
{
    private const string Canary = "canary-guest";

    [Fact]
    public async Task In_Development_everybody_gets_the_metrics_and_no_guest_is_in_them()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync($"/v1/guests/{Canary}/events", Samples.Envelope("a"));
        await api.GetAsync($"/v1/guests/{Canary}");

        var metrics = await api.GetAsync("/metrics", secret: null);

        Assert.Equal(HttpStatusCode.OK, metrics.Status);
        Assert.Contains("http_route=\"/v1/guests/{guest}/events\"", metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, metrics.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("reader", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Outside_Development_the_metrics_need_the_scope_admin(string? secret, HttpStatusCode answered)
    {
        await using var api = await ApiHost.StartAsync(
            Configurations.Of(
                Configurations.Key("demo", 0, "reader", "reader", "support:read"),
                Configurations.Key("demo", 1, "admin", "admin", "admin")),
            "Production");

        Assert.Equal(answered, (await api.GetAsync("/metrics", secret)).Status);
    }

    [Fact]
    public async Task Addresses_of_their_own_serve_the_metrics_alone_and_no_other_address_serves_them()
    {
        var port = FreePort();
        await using var api = await ApiHost.StartAsync(
            Configurations.Of(
                Configurations.Key("demo", 0, "admin", "admin", "admin"),
                new() { ["Sessions:Metrics:Urls"] = $"http://127.0.0.1:{port}" }),
            "Production");
        using var scraper = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        Assert.Contains("# TYPE", await scraper.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        foreach (var path in (string[])["/health/live", "/v1/guests/anna", "/"])
        {
            using var answer = await scraper.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/metrics", "admin")).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/health/live", secret: null)).Status);
    }

    [Fact]
    public async Task Metrics_that_are_off_are_not_served()
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?> { ["Sessions:Metrics:Enabled"] = "false" });

        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/metrics")).Status);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
