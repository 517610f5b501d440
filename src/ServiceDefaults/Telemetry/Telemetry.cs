using GuestSessions.ServiceDefaults.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Offers metrics at <c>/metrics</c>, and exports metrics and traces over OTLP to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. What
/// nobody receives is not collected, because it would still cost time in every request.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>
    /// The part of requests that are traced, unless their caller traces them or <c>OTEL_TRACES_SAMPLER</c> says otherwise.
    /// </summary>
    private const double TracedPart = 0.01;

    private static readonly string[] Meters =
    [
        "GuestSessions*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans", "Npgsql",
        "System.Runtime", "System.Net.Http",
    ];

    /// <summary>
    /// Instruments that cost something for each request or message, and say nothing that the service's own ones do not say.
    /// </summary>
    private static readonly string[] Unused =
    [
        "http.client.active_requests", "http.client.open_connections", "http.client.request.duration", "http.client.request.time_in_queue",
        "http.server.active_requests", "orleans-app-requests-latency", "orleans-directory-lookups-*", "orleans-gateway-received",
        "orleans-gateway-sent", "orleans-messaging-processing-*", "orleans-messaging-received-*", "orleans-messaging-sent-header-size",
        "orleans-messaging-sent-local", "orleans-messaging-sent-messages-size",
    ];

    public static void AddTelemetry(this IHostApplicationBuilder builder, MetricsOptions options)
    {
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]);
        if (!exports && !options.Enabled)
            return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("guest-sessions"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                foreach (var unused in Unused)
                    metrics.AddView(unused, MetricStreamConfiguration.Drop);
                if (options.Enabled)
                    metrics.AddPrometheusExporter();
            });
        if (!exports)
            return;
        telemetry
            .WithTracing(traces =>
            {
                if (string.IsNullOrWhiteSpace(builder.Configuration[Sampler]))
                    traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(TracedPart)));
                traces
                    .AddAspNetCoreInstrumentation(static options =>
                        options.Filter = static context => !context.Request.Path.StartsWithSegments("/health")
                            && !context.Request.Path.StartsWithSegments(MetricsEndpoint.Path))
                    .AddSource("GuestSessions*", "Microsoft.Orleans.Application")
                    .AddProcessor<GuestlessPaths>();
            })
            .UseOtlpExporter();
        builder.Services.AddSingleton<GuestlessPaths>();
    }
}
