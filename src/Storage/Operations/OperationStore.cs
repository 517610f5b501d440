using System.Text.Json;
using GuestSessions.Core.Operations;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Operations;

/// <summary>Stores long-running operations as JSON in the rows of a store.</summary>
public sealed class OperationStore(IOperationRows rows) : IOperationStore
{
    public Task SaveAsync(OperationRecord record, CancellationToken cancellation) => rows.SaveAsync(
        new OperationRow(
            record.Id, record.Tenant, record.EndedAt, JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Operation)),
        cancellation);

    public async Task<OperationRecord?> LoadAsync(string tenant, string id, CancellationToken cancellation) =>
        await rows.ReadAsync(id, cancellation) is { } row && row.Tenant == tenant
            ? JsonSerializer.Deserialize(row.Payload, StoredJson.Operation)
            : null;

    public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => rows.ReadRunningAsync(limit, cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) =>
        rows.DeleteEndedAsync(before, cancellation);
}
