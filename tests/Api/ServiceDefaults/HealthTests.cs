using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.ServiceDefaults.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
}
