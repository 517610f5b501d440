namespace GuestSessions.Core.Delivery;

/// <summary>Stores a tenant's delivery state. Implemented by <c>src/Storage</c>.</summary>
public interface ITenantDeliveryStore
{
    /// <summary>The record saved last; null if there is none.</summary>
    Task<TenantDeliveryRecord?> LoadAsync(string tenant, CancellationToken cancellation);

    /// <summary>Replaces the record. It is on disk when the task completes.</summary>
    Task SaveAsync(string tenant, TenantDeliveryRecord record, CancellationToken cancellation);
}
