using GuestSessions.Core.Privacy;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteFiles(SqliteConnections connections) : IFileStore
{
    public Task SaveAsync(
        string tenant, string operation, DateTimeOffset until, byte[] content, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(
            session => Save(session, tenant, operation, ReadOnlySpan<byte>.Empty, until, content), cancellation);

    public Task<byte[]?> TakeAsync(string tenant, string operation, DateTimeOffset now, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(
            session =>
            {
                var parts = session.Statement(SqliteSql.Files["read"])
                    .With("operation", operation).With("tenant", tenant).With("now", now.UtcTicks)
                    .Read(static row => row.Blob(0));
                Delete(session, tenant, operation);
                return parts.Count == 0 ? null : parts.SelectMany(static part => part).ToArray();
            },
            cancellation);

    public Task<bool> DeleteAsync(string tenant, string operation, CancellationToken cancellation) =>
        connections.WriteTogetherAsync(session => Delete(session, tenant, operation) > 0, cancellation);

    public Task DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellation) => connections.WriteTogetherAsync(
        session => session.Statement(SqliteSql.Files["delete-expired"]).With("now", now.UtcTicks).Execute(), cancellation);

    /// <param name="session">In a transaction that writes.</param>
    /// <param name="part">The place of the part within the file; a part that is saved again replaces the first.</param>
    public static int Save(
        SqliteSession session, string tenant, string operation, ReadOnlySpan<byte> part, DateTimeOffset until, byte[] content) =>
        session.Statement(SqliteSql.Files["save"])
            .With("operation", operation)
            .With("part", part)
            .With("tenant", tenant)
            .With("until", until.UtcTicks)
            .With("payload", content)
            .Execute();

    private static int Delete(SqliteSession session, string tenant, string operation) => session
        .Statement(SqliteSql.Files["delete"]).With("operation", operation).With("tenant", tenant).Execute();
}
