using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteOperations(SqliteConnections connections) : IOperationRows
{
    public Task SaveAsync(OperationRow row, CancellationToken cancellation) => connections.WriteAsync(
        session => session.Statement(SqliteSql.Operations["save"])
            .With("id", row.Id)
            .With("tenant", row.Tenant)
            .With("ended", row.EndedAt?.UtcTicks ?? 0)
            .With("payload", row.Payload)
            .Execute(),
        cancellation);

    public Task<OperationRow?> ReadAsync(string id, CancellationToken cancellation) => connections.ReadAsync(
        session => session.Statement(SqliteSql.Operations["read"]).With("id", id)
            .Read(row => new OperationRow(
                id, row.Text(0), row.Int64(1) == 0 ? null : new DateTimeOffset(row.Int64(1), TimeSpan.Zero), row.Blob(2)))
            .SingleOrDefault(),
        cancellation);

    public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => connections.ReadAsync<IReadOnlyList<(string, string)>>(
        session => session.Statement(SqliteSql.Operations["running"]).With("limit", limit)
            .Read(static row => (row.Text(0), row.Text(1))),
        cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) => connections.WriteAsync(
        session => session.Statement(SqliteSql.Operations["delete-ended"]).With("before", before.UtcTicks).Execute(),
        cancellation);
}
