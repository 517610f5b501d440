using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GuestSessions.ServiceDefaults.Telemetry;

/// <summary>
/// Exports metrics and traces over OTLP to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Without that setting nothing is
/// collected, because a trace that nobody receives would still cost time in every request.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("guest-sessions"))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter("GuestSessions*", "Microsoft.Orleans", "System.Runtime", "System.Net.Http"))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options =>
                    options.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddSource("GuestSessions*", "Microsoft.Orleans.Application")
                .AddProcessor<GuestlessPaths>())
            .UseOtlpExporter();
        builder.Services.AddSingleton<GuestlessPaths>();
    }
}
