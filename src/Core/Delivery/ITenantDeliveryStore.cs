namespace GuestSessions.Core.Delivery;

/// <summary>Where a tenant's delivery state is kept. Implemented by <c>src/Storage</c>.</summary>
public interface ITenantDeliveryStore
{
    /// <summary>What was saved last; null when nothing ever was.</summary>
    Task<TenantDeliveryRecord?> LoadAsync(string tenant, CancellationToken cancellation);

    /// <summary>Replaces what was saved; on disk when the task completes.</summary>
    Task SaveAsync(string tenant, TenantDeliveryRecord record, CancellationToken cancellation);
}
