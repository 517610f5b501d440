using System.Text.Json;
using GuestSessions.Core.Delivery;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Tenants;

/// <summary>The delivery state of tenants as JSON in the rows of a store.</summary>
public sealed class TenantDeliveryStore(ITenantRows rows) : ITenantDeliveryStore
{
    public async Task<TenantDeliveryRecord?> LoadAsync(string tenant, CancellationToken cancellation) =>
        await rows.ReadAsync(tenant, cancellation) is { } payload
            ? JsonSerializer.Deserialize(payload, StoredJson.Tenant)
            : null;

    public Task SaveAsync(string tenant, TenantDeliveryRecord record, CancellationToken cancellation) =>
        rows.SaveAsync(tenant, JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Tenant), cancellation);
}
