using GuestSessions.ServiceDefaults.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GuestSessions.Silo;

/// <summary>A silo is ready while it accepts grain calls and its host is not stopping.</summary>
internal sealed class SiloHealth(ISiloStatusOracle silos, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(silos.CurrentStatus == SiloStatus.Active && !lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The silo is {silos.CurrentStatus}."));
}

internal static class SiloHealthServices
{
    public static IServiceCollection AddSiloHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<SiloHealth>("silo", tags: [HealthEndpoints.ReadyTag])
            .AddCheck<StoreHealthCheck>("storage", tags: [HealthEndpoints.ReadyTag]);
        return services;
    }
}
