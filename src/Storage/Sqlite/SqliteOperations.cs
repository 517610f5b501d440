using GuestSessions.Core.Operations;
using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteOperations(SqliteConnections connections) : IOperationRows
{
    public Task SaveAsync(
        OperationRow row, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(
            session =>
            {
                var saved = session.Statement(SqliteSql.Operations["save"])
                    .With("id", row.Id)
                    .With("tenant", row.Tenant)
                    .With("started", row.StartedAt.UtcTicks)
                    .With("ended", row.EndedAt?.UtcTicks ?? 0)
                    .With("payload", row.Payload)
                    .Execute();
                if (saved == 0)
                    return saved;
                session.Statement(SqliteSql.Operations["delete-items"]).With("id", row.Id).With("before", before).Execute();
                for (var i = 0; i < items.Count; i++)
                    Save(session, row.Id, before + i, items[i]);
                return saved;
            },
            cancellation);

    public Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation) => connections.ReadAsync(
        session => session.Statement(SqliteSql.Operations["read"]).With("id", id)
            .Read(row => new OperationRow(id, row.Text(0), Time(row.Int64(1)), TimeOrNull(row.Int64(2)), row.Blob(3)))
            .SingleOrDefault(),
        cancellation);

    public Task<IReadOnlyList<OperationRow>> ReadLatestAsync(
        string tenant, OperationPlace? before, int limit, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<OperationRow>>(
            session => session.Statement(SqliteSql.Operations["latest"])
                .With("tenant", tenant)
                .With("before_started", before?.StartedAt.UtcTicks ?? long.MaxValue)
                .With("before_id", before?.Id ?? "")
                .With("limit", limit)
                .Read(row => new OperationRow(
                    row.Text(0), tenant, Time(row.Int64(1)), TimeOrNull(row.Int64(2)), row.Blob(3))),
            cancellation);

    public Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
        string tenant, string id, long after, int limit, CancellationToken cancellation) =>
        connections.ReadAsync<IReadOnlyList<OperationItem>>(
            session => session.Statement(SqliteSql.Operations["items"])
                .With("id", id).With("tenant", tenant).With("after", after).With("limit", limit)
                .Read(static row => new OperationItem(row.Text(0), row.Int64(1), row.Text(2), row.Text(3))),
            cancellation);

    public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => connections.ReadAsync<IReadOnlyList<(string, string)>>(
        session => session.Statement(SqliteSql.Operations["running"]).With("limit", limit)
            .Read(static row => (row.Text(0), row.Text(1))),
        cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) => connections.WriteTogetherAsync(
        session =>
        {
            session.Statement(SqliteSql.Operations["delete-items-of-ended"]).With("before", before.UtcTicks).Execute();
            return session.Statement(SqliteSql.Operations["delete-ended"]).With("before", before.UtcTicks).Execute();
        },
        cancellation);

    private static void Save(SqliteSession session, string id, long number, OperationItem item) => session
        .Statement(SqliteSql.Operations["save-item"])
        .With("id", id)
        .With("number", number)
        .With("guest", item.Guest)
        .With("sequence", item.Sequence)
        .With("event_id", item.EventId)
        .With("outcome", item.Outcome)
        .Execute();

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? TimeOrNull(long ticks) => ticks == 0 ? null : Time(ticks);
}
