using System.Text.Json;
using GuestSessions.Core.Operations;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Operations;

/// <summary>Stores long-running operations as JSON in the rows of a store.</summary>
public sealed class OperationStore(IOperationRows rows) : IOperationStore
{
    public Task SaveAsync(
        OperationRecord record, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation) =>
        rows.SaveAsync(
            new OperationRow(
                record.Id, record.Tenant, record.Act.At, record.EndedAt,
                JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Operation)),
            items, before, cancellation);

    public async Task<OperationRecord?> LoadAsync(string tenant, string id, CancellationToken cancellation) =>
        await rows.ReadAsync(id, cancellation) is { } row && row.Tenant == tenant
            ? Read(row)
            : null;

    public async Task<IReadOnlyList<OperationRecord>> ReadLatestAsync(
        string tenant, OperationPlace? before, int limit, CancellationToken cancellation) =>
        [.. (await rows.ReadLatestAsync(tenant, before, limit, cancellation)).Select(Read)];

    public Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
        string tenant, string id, long after, int limit, CancellationToken cancellation) =>
        rows.ReadItemsAsync(tenant, id, after, limit, cancellation);

    public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => rows.ReadRunningAsync(limit, cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) =>
        rows.DeleteEndedAsync(before, cancellation);

    private static OperationRecord Read(OperationRow row) =>
        JsonSerializer.Deserialize(row.Payload, StoredJson.Operation)!;
}
