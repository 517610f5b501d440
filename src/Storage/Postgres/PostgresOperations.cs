using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresOperations(PostgresQueries queries) : IOperationRows
{
    public Task SaveAsync(OperationRow row, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.Operations["save"],
        command => command
            .With("id", row.Id)
            .With("tenant", row.Tenant)
            .With("ended", row.EndedAt?.UtcTicks ?? 0)
            .With("payload", row.Payload),
        cancellation);

    public async Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Operations["read"],
        command => command.With("id", id),
        row => new OperationRow(
            id, row.GetString(0),
            row.GetInt64(1) == 0 ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
            row.GetFieldValue<byte[]>(2)),
        cancellation)).SingleOrDefault();

    public async Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => await queries.ReadAsync(
        PostgresSql.Operations["running"],
        command => command.With("limit", limit),
        static row => (row.GetString(0), row.GetString(1)),
        cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.Operations["delete-ended"], command => command.With("before", before.UtcTicks), cancellation);
}
