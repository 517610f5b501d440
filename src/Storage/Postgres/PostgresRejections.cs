using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Rejections;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresRejections(PostgresQueries queries) : IRejectionRows
{
    public async Task AppendAsync(
        string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation)
    {
        await queries.ExecuteAsync(
            PostgresSql.Rejections["insert"],
            command => command
                .With("tenant", tenant)
                .With("at", rows.Select(static row => row.At.UtcTicks).ToArray())
                .With("codes", rows.Select(static row => row.Code).ToArray())
                .With("guests", rows.Select(static row => PostgresHash.ToGuid(row.Guest)).ToArray())
                .With("orders", rows.Select(static row => PostgresHash.ToGuid(row.Order)).ToArray())
                .With("payloads", rows.Select(static row => row.Payload).ToArray()),
            cancellation);
        await queries.ExecuteAsync(
            PostgresSql.Rejections["trim"], command => command.With("tenant", tenant).With("most", most), cancellation);
    }

    public async Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadAsync(
        RejectionQuery query, CancellationToken cancellation) => await queries.ReadAsync(
        PostgresSql.Rejections["read"],
        command => command
            .With("tenant", query.Tenant)
            .With("since", query.Since.UtcTicks)
            .With("before", query.Before ?? long.MaxValue)
            .With("code", query.Code ?? "")
            .With("any_guest", query.Guest is null)
            .With("guest", query.Guest ?? 0)
            .With("any_order", query.Order is null)
            .With("order", query.Order ?? 0)
            .With("limit", query.Limit),
        static row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        cancellation);

    public Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.Rejections["delete-old"], command => command.With("before", before.UtcTicks), cancellation);
}
