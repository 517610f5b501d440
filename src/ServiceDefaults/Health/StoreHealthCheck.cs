using GuestSessions.Core.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>A host is ready only if the store takes writes. With little space, it still serves reads: degraded.</summary>
public sealed class StoreHealthCheck(IStoreHealth store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => await store.CheckAsync() switch
        {
            StoreState.TakesWrites => HealthCheckResult.Healthy(),
            StoreState.LowOnSpace => HealthCheckResult.Degraded(
                "Free space is below the floor, or commits fail: events are rejected."),
            _ => HealthCheckResult.Unhealthy("The store takes no writes."),
        };
}
