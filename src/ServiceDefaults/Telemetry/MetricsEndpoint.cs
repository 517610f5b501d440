using GuestSessions.ServiceDefaults.Hosting;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// <c>/metrics</c>. It names tenants and their load, so strangers do not get it: it has addresses of its own, or needs a key
/// where the host has keys.
/// </summary>
public static class MetricsEndpoint
{
    public const string Path = "/metrics";

    /// <summary>Listens on the addresses of the metrics too.</summary>
    public static void AddMetricsListener(this WebApplicationBuilder builder, MetricsOptions options)
    {
        if (options.Enabled && options.Urls.Length > 0)
            ListenAddresses.Add(builder.Configuration, options.Urls, "metrics");
    }

    /// <summary>Serves nothing but the metrics on their own addresses. Call it before anything else serves requests.</summary>
    public static void UseMetricsListener(this IApplicationBuilder app, MetricsOptions options)
    {
        if (!options.Enabled || options.Urls.Length == 0)
            return;
        var ports = ListenAddresses.PortsOf(options.Urls);
        app.MapWhen(
            context => ports.Contains(context.Connection.LocalPort),
            static metrics =>
            {
                metrics.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
                metrics.Run(static context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            });
    }

    /// <summary>Serves the metrics on the host's own addresses, unless they have others or are off.</summary>
    /// <returns>Null when they are not served here.</returns>
    public static IEndpointConventionBuilder? MapMetrics(this IEndpointRouteBuilder app, MetricsOptions options) =>
        options.Enabled && options.Urls.Length == 0
            ? app.MapGet(Path, app.CreateApplicationBuilder().UseOpenTelemetryPrometheusScrapingEndpoint(Path).Build())
                .ExcludeFromDescription()
            : null;
}
