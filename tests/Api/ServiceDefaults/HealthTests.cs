using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ServiceDefaults;
using GuestSessions.ServiceDefaults.Health;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Api.Tests.ServiceDefaults;

public sealed class HealthTests
{
    [Theory]
    [InlineData(HealthStatus.Healthy, HttpStatusCode.OK, """{"status":"healthy","checks":{"store":"healthy"}}""")]
    [InlineData(HealthStatus.Degraded, HttpStatusCode.OK, """{"status":"degraded","checks":{"store":"degraded"}}""")]
    [InlineData(HealthStatus.Unhealthy, HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy","checks":{"store":"unhealthy"}}""")]
    public async Task A_host_is_ready_when_its_checks_are(HealthStatus status, HttpStatusCode answered, string body)
    {
        await using var api = await ApiHost.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("store", () => new HealthCheckResult(status, "secret"), [HealthEndpoints.ReadyTag])
            .AddCheck("other", () => HealthCheckResult.Unhealthy()));

        var ready = await api.GetAsync("/health/ready", secret: null);
        var live = await api.GetAsync("/health/live", secret: null);

        Assert.Equal((answered, body), (ready.Status, ready.Text));
        Assert.Equal(HttpStatusCode.OK, live.Status);
    }

    [Theory]
    [InlineData("demo-admin", true)]
    [InlineData("demo-support", true)]
    [InlineData("demo-ingest", false)]
    [InlineData("unknown", false)]
    [InlineData(null, false)]
    public async Task Those_who_may_act_are_told_why_a_host_is_not_ready(string? secret, bool isTold)
    {
        await using var api = await ApiHost.StartAsync(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("store", () => HealthCheckResult.Unhealthy("The store takes no writes."), [HealthEndpoints.ReadyTag])
            .AddCheck("cluster", () => HealthCheckResult.Healthy(), [HealthEndpoints.ReadyTag]));

        var ready = await api.GetAsync("/health/ready", secret);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal(isTold, ready.Text.Contains("""reasons":{"store":"The store takes no writes."}""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_has_started_says_so()
    {
        await using var api = await ApiHost.StartAsync();

        var startup = await api.GetAsync("/health/startup", secret: null);

        Assert.Equal((HttpStatusCode.OK, """{"status":"healthy","checks":{}}"""), (startup.Status, startup.Text));
    }

    [Theory]
    [InlineData("sessions.example")]
    [InlineData("10.0.0.7")]
    [InlineData("localhost")]
    public async Task A_host_without_the_API_answers_probes_under_every_name(string name)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Configurations.Demo);
        builder.Configuration.AddInMemoryCollection([new("AllowedHosts", "sessions.example")]);
        builder.AddServiceDefaults(new MetricsOptions());
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapServiceDefaults(new MetricsOptions());
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = name } };
            Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request)).StatusCode);
        }
    }
}
