using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Rejections;

namespace GuestSessions.Storage.Postgres;

public sealed partial class PostgresJournalStore : IRejectionRows
{
    public async Task AppendRejectionsAsync(
        string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation)
    {
        await ReadAsync(
            PostgresScript.InsertRejections,
            command => command
                .With(tenant)
                .With(rows.Select(static row => row.At.UtcTicks).ToArray())
                .With(rows.Select(static row => row.Code).ToArray())
                .With(rows.Select(static row => PostgresHash.ToGuid(row.Guest)).ToArray())
                .With(rows.Select(static row => PostgresHash.ToGuid(row.Order)).ToArray())
                .With(rows.Select(static row => row.Payload).ToArray()),
            static _ => true, cancellation);
        await ReadAsync(
            PostgresScript.TrimRejections, command => command.With(tenant).With(most), static _ => true, cancellation);
    }

    public async Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadRejectionsAsync(
        RejectionQuery query, CancellationToken cancellation) => await ReadAsync(
        PostgresScript.ReadRejections,
        command => command
            .With(query.Tenant)
            .With(query.Since.UtcTicks)
            .With(query.Before ?? long.MaxValue)
            .With(query.Code ?? "")
            .With(query.Guest is null)
            .With(PostgresHash.ToGuid(query.Guest ?? 0))
            .With(query.Order is null)
            .With(PostgresHash.ToGuid(query.Order ?? 0))
            .With(query.Limit),
        static row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        cancellation);

    public Task DeleteRejectionsAsync(DateTimeOffset before, CancellationToken cancellation) => ReadAsync(
        PostgresScript.DeleteRejections, command => command.With(before.UtcTicks), static _ => true, cancellation);
}
