using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Health;
using GuestSessions.ServiceDefaults.Hosting;
using GuestSessions.ServiceDefaults.Options;
using GuestSessions.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GuestSessions.ServiceDefaults;

/// <summary>
/// Adds what every host of the service needs: a clock, checked options, logs, telemetry and health.
/// </summary>
public static class HostDefaults
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, MetricsOptions metrics)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        // Not BindConfiguration, which would also bind and check again whenever a file changes: SettingsReload does that.
        builder.Services.AddOptions<ServiceOptions>()
            .Configure<IConfiguration>(static (options, configuration) => configuration.GetSection(SessionsOptions.Section).Bind(options))
            .PostConfigure(DefaultSpelling.Apply)
            .PostConfigure<IHostEnvironment>(static (options, environment) =>
                DependentOptions.Apply(options, environment.IsDevelopment()))
            .ValidateOnStart();
        builder.Services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<ServiceOptions>, SessionsOptionsChecks>(),
            ServiceDescriptor.Singleton<IValidateOptions<ServiceOptions>, CoreOptionsChecks>(),
        ]);
        builder.Services.AddSingleton<IOptions<SessionsOptions>>(static provider =>
            provider.GetRequiredService<IOptions<ServiceOptions>>());
        builder.Services.AddSingleton<IOptions<RetentionOptions>>(static provider =>
            Microsoft.Extensions.Options.Options.Create<RetentionOptions>(
                provider.GetRequiredService<IOptions<ServiceOptions>>().Value.Storage));
        builder.Services.AddSingleton<HostPhase>();
        builder.Services.AddHostedService<UnknownKeys>();
        // The framework's own check answers in HTML and rejects probes by IP address, so the API checks hosts itself.
        builder.Services.Configure<HostFilteringOptions>(static filtering => filtering.AllowedHosts = ["*"]);
        builder.AddLogs();
        builder.AddTelemetry(metrics);
        builder.AddMetricsListener(metrics);
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary>
    /// Maps <c>/health/live</c> and <c>/health/ready</c>, open to everyone, and serves the metrics on addresses of their own.
    /// </summary>
    public static WebApplication MapServiceDefaults(this WebApplication app, MetricsOptions metrics)
    {
        app.UseMetricsListener(metrics);
        app.MapHealth();
        return app;
    }
}
