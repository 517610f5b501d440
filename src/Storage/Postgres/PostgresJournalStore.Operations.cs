using GuestSessions.Storage.Operations;

namespace GuestSessions.Storage.Postgres;

public sealed partial class PostgresJournalStore : IOperationRows
{
    public Task SaveAsync(OperationRow row, CancellationToken cancellation) => ReadAsync(
        PostgresScript.SaveOperation,
        command => command
            .With(row.Id).With(row.Tenant).With(row.EndedAt?.UtcTicks ?? 0).With(row.Payload),
        _ => true,
        cancellation);

    public async Task<OperationRow?> ReadOperationAsync(string id, CancellationToken cancellation) =>
        (await ReadAsync(
            PostgresScript.ReadOperation,
            command => command.With(id),
            row => new OperationRow(
                id, row.GetString(0),
                row.GetInt64(1) == 0 ? null : new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero),
                row.GetFieldValue<byte[]>(2)),
            cancellation)).SingleOrDefault();

    public async Task<IReadOnlyList<(string Tenant, string Id)>> ReadRunningAsync(
        int limit, CancellationToken cancellation) => await ReadAsync(
        PostgresScript.ReadRunning, command => command.With(limit),
        row => (row.GetString(0), row.GetString(1)), cancellation);

    public Task DeleteEndedAsync(DateTimeOffset before, CancellationToken cancellation) => ReadAsync(
        PostgresScript.DeleteEnded, command => command.With(before.UtcTicks), _ => true, cancellation);
}
