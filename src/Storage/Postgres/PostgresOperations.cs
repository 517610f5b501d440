using GuestSessions.Core.Operations;
using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresOperations(PostgresQueries queries) : IOperationRows
{
    public Task SaveAsync(
        OperationRow row, IReadOnlyList<OperationItem> items, long before, CancellationToken cancellation) =>
        queries.ExecuteAsync(
            PostgresSql.Operations["save"],
            command => command
                .With("id", row.Id)
                .With("tenant", row.Tenant)
                .With("started", row.StartedAt.UtcTicks)
                .With("ended", row.EndedAt?.UtcTicks ?? 0)
                .With("payload", row.Payload)
                .With("before", before)
                .With("count", (long)items.Count)
                .With("guests", items.Select(static item => item.Guest).ToArray())
                .With("sequences", items.Select(static item => item.Sequence).ToArray())
                .With("event_ids", items.Select(static item => item.EventId).ToArray())
                .With("outcomes", items.Select(static item => item.Outcome).ToArray()),
            cancellation);

    public async Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Operations["read"],
        command => command.With("id", id),
        row => new OperationRow(
            id, row.GetString(0), Time(row.GetInt64(1)), TimeOrNull(row.GetInt64(2)), row.GetFieldValue<byte[]>(3)),
        cancellation)).SingleOrDefault();

    public async Task<IReadOnlyList<OperationRow>> ReadLatestAsync(
        string tenant, OperationPlace? before, int limit, CancellationToken cancellation) => await queries.ReadAsync(
        PostgresSql.Operations["latest"],
        command => command
            .With("tenant", tenant)
            .With("before_started", before?.StartedAt.UtcTicks ?? long.MaxValue)
            .With("before_id", before?.Id ?? "")
            .With("limit", limit),
        row => new OperationRow(
            row.GetString(0), tenant, Time(row.GetInt64(1)), TimeOrNull(row.GetInt64(2)), row.GetFieldValue<byte[]>(3)),
        cancellation);

    public async Task<IReadOnlyList<OperationItem>> ReadItemsAsync(
        string tenant, string id, long after, int limit, CancellationToken cancellation) => await queries.ReadAsync(
        PostgresSql.Operations["items"],
        command => command.With("id", id).With("tenant", tenant).With("after", after).With("limit", limit),
        static row => new OperationItem(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3)),
        cancellation);

    public async Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => await queries.ReadAsync(
        PostgresSql.Operations["running"],
        command => command.With("limit", limit),
        static row => (row.GetString(0), row.GetString(1)),
        cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.Operations["delete-ended"], command => command.With("before", before.UtcTicks), cancellation);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static DateTimeOffset? TimeOrNull(long ticks) => ticks == 0 ? null : Time(ticks);
}
