using GuestSessions.Core.Rejections;
using GuestSessions.Storage.Rejections;

namespace GuestSessions.Storage.Sqlite;

public sealed partial class SqliteJournalStore : IRejectionRows
{
    public Task AppendRejectionsAsync(
        string tenant, IReadOnlyList<RejectionRow> rows, int most, CancellationToken cancellation) => _writes.RunAsync(
        session => session.InTransaction(
            () =>
            {
                foreach (var row in rows)
                    session.Statement(SqlScript.InsertRejection)
                        .With("$tenant", tenant)
                        .With("$at", row.At.UtcTicks)
                        .With("$code", row.Code)
                        .With("$guest", row.Guest)
                        .With("$order", row.Order)
                        .With("$payload", row.Payload)
                        .Execute();
                return session.Statement(SqlScript.TrimRejections).With("$tenant", tenant).With("$most", most).Execute();
            },
            write: true),
        cancellation);

    public Task<IReadOnlyList<(long Number, byte[] Payload)>> ReadRejectionsAsync(
        RejectionQuery query, CancellationToken cancellation) => ReadAsync<IReadOnlyList<(long, byte[])>>(
        session => session.Statement(SqlScript.ReadRejections)
            .With("$tenant", query.Tenant)
            .With("$since", query.Since.UtcTicks)
            .With("$before", query.Before ?? long.MaxValue)
            .With("$code", query.Code ?? "")
            .With("$any_guest", query.Guest is null ? 1 : 0)
            .With("$guest", query.Guest ?? 0)
            .With("$any_order", query.Order is null ? 1 : 0)
            .With("$order", query.Order ?? 0)
            .With("$limit", query.Limit)
            .Read(static row => (row.Int64(0), row.Blob(1))),
        cancellation);

    public Task DeleteRejectionsAsync(DateTimeOffset before, CancellationToken cancellation) => _writes.RunAsync(
        session => session.Statement(SqlScript.DeleteRejections).With("$before", before.UtcTicks).Execute(), cancellation);
}
