using System.Text.Json;
using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Codec;

namespace GuestSessions.Storage.Rejections;

/// <summary>Rejected events as JSON in the rows of a store.</summary>
public sealed class RejectionStore(IRejectionRows rows) : IRejectionStore
{
    public Task AppendAsync(string tenant, IReadOnlyList<Rejection> rejections, CancellationToken cancellation) =>
        rows.AppendAsync(
            tenant,
            [.. rejections.Select(static rejection => new RejectionRow(
                rejection.At, rejection.Code, rejection.GuestHash ?? 0, rejection.OrderHash ?? 0,
                JsonSerializer.SerializeToUtf8Bytes(rejection, StoredJson.Rejection)))],
            IRejectionStore.MostKept, cancellation);

    public async Task<IReadOnlyList<ListedRejection>> ReadAsync(RejectionQuery query, CancellationToken cancellation) =>
    [
        .. (await rows.ReadAsync(query, cancellation)).Select(static row => new ListedRejection(
            row.Number, JsonSerializer.Deserialize(row.Payload, StoredJson.Rejection)!)),
    ];

    public Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation) =>
        rows.DeleteAsync(before, cancellation);
}
