using GuestSessions.Core.Journal;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GuestSessions.ServiceDefaults.Health;

/// <summary>Ready means, too: the store takes writes. Little space still serves reads: degraded.</summary>
public sealed class StoreHealthCheck(IStoreHealth store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => await store.CheckAsync() switch
        {
            StoreState.TakesWrites => HealthCheckResult.Healthy(),
            StoreState.LowOnSpace => HealthCheckResult.Degraded("Space is below the floor: events are refused."),
            _ => HealthCheckResult.Unhealthy("The store takes no writes."),
        };
}
