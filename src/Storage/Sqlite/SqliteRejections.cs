using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Rejections;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteRejections(SqliteConnections connections) : IRejectionRows
{
    public Task AppendAsync(
        string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(
            session =>
            {
                foreach (var row in rows)
                    session.Statement(SqliteSql.Rejections["insert"])
                        .With("tenant", tenant)
                        .With("at", row.At.UtcTicks)
                        .With("code", row.Code)
                        .With("guest", row.Guest)
                        .With("order", row.Order)
                        .With("payload", row.Payload)
                        .Execute();
                return session.Statement(SqliteSql.Rejections["trim"]).With("tenant", tenant).With("most", most).Execute();
            },
            cancellation);

    public Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadAsync(
        RejectionQuery query, CancellationToken cancellation) => connections.ReadAsync<IReadOnlyList<(long, byte[])>>(
        session => session.Statement(SqliteSql.Rejections["read"])
            .With("tenant", query.Tenant)
            .With("since", query.Since.UtcTicks)
            .With("before", query.Before ?? long.MaxValue)
            .With("code", query.Code ?? "")
            .With("any_guest", query.Guest is null ? 1 : 0)
            .With("guest", query.Guest ?? 0)
            .With("any_order", query.Order is null ? 1 : 0)
            .With("order", query.Order ?? 0)
            .With("limit", query.Limit)
            .Read(static row => (row.Int64(0), row.Blob(1))),
        cancellation);

    public Task DeleteAsync(DateTimeOffset before, CancellationToken cancellation) => connections.WriteAsync(
        session => session.Statement(SqliteSql.Rejections["delete-old"]).With("before", before.UtcTicks).Execute(),
        cancellation);
}
