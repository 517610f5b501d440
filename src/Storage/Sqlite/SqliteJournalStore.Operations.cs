using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Sqlite;

public sealed partial class SqliteJournalStore : IOperationRows
{
    public Task SaveAsync(OperationRow row, CancellationToken cancellation) => _writes.RunAsync(
        session => session.Statement(SqlScript.SaveOperation)
            .With("$id", row.Id)
            .With("$tenant", row.Tenant)
            .With("$ended", row.EndedAt?.UtcTicks ?? 0)
            .With("$payload", row.Payload)
            .Execute(),
        cancellation);

    public Task<OperationRow?> ReadOperationAsync(string id, CancellationToken cancellation) => ReadAsync(
        session => session.Statement(SqlScript.ReadOperation).With("$id", id)
            .Read(row => new OperationRow(
                id, row.Text(0), row.Int64(1) == 0 ? null : new DateTimeOffset(row.Int64(1), TimeSpan.Zero), row.Blob(2)))
            .SingleOrDefault(),
        cancellation);

    public Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => ReadAsync<IReadOnlyList<(string, string)>>(
        session => session.Statement(SqlScript.ReadRunning).With("$limit", limit)
            .Read(row => (row.Text(0), row.Text(1))),
        cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) => _writes.RunAsync(
        session => session.Statement(SqlScript.DeleteEnded).With("$before", before.UtcTicks).Execute(), cancellation);
}
