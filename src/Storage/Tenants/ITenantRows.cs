namespace GuestSessions.Storage.Tenants;

/// <summary>Where a store keeps what a tenant's delivery needs over restarts, as bytes.</summary>
public interface ITenantRows
{
    /// <summary>What was saved last; null when nothing ever was.</summary>
    Task<byte[]?> ReadTenantAsync(string tenant, CancellationToken cancellation);

    /// <summary>Replaces what was saved; on disk when the task completes.</summary>
    Task SaveTenantAsync(string tenant, byte[] payload, CancellationToken cancellation);
}
