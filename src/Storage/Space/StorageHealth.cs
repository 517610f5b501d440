using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tenants;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GuestSessions.Storage.Space;

/// <summary>
/// Whether the store takes writes. After a failure it writes one row of its own, so that a host that traffic has left finds
/// out that it may come back. A full disk still serves reads: degraded.
/// </summary>
public sealed class StorageHealth(IJournalRoom room, ITenantRows rows) : IHealthCheck
{
    /// <summary>No tenant has this name: a name has no dot.</summary>
    private const string Probe = ".probe";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        switch (room.Room)
        {
            case JournalRoom.Full:
                return HealthCheckResult.Degraded("Space is below the floor: events are refused.");
            case JournalRoom.Failing:
                return await ProbeAsync(cancellationToken);
            default:
                return HealthCheckResult.Healthy();
        }
    }

    private async Task<HealthCheckResult> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            await rows.SaveTenantAsync(Probe, "{}"u8.ToArray(), cancellation);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The store takes no writes.", exception);
        }
    }
}
