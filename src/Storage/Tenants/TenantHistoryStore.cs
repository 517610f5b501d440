using System.Text.Json;
using GuestSessions.Core.Delivery;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Tenants;

/// <summary>The history of tenants as JSON, in a row beside the row of their delivery. A tenant's name has no slash.</summary>
public sealed class TenantHistoryStore(ITenantRows rows) : ITenantHistoryStore
{
    public async Task<IReadOnlyList<HistorySlice>> LoadAsync(string tenant, CancellationToken cancellation) =>
        await rows.ReadAsync(KeyOf(tenant), cancellation) is { } payload
            ? JsonSerializer.Deserialize(payload, StoredJson.History)!
            : [];

    public Task SaveAsync(string tenant, IReadOnlyList<HistorySlice> slices, CancellationToken cancellation) =>
        rows.SaveAsync(KeyOf(tenant), JsonSerializer.SerializeToUtf8Bytes([.. slices], StoredJson.History), cancellation);

    private static string KeyOf(string tenant) => $"{tenant}/history";
}
