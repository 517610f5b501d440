using GuestSessions.Core.Privacy;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresFiles(PostgresQueries queries) : IFileStore
{
    public Task SaveAsync(
        string tenant, string operation, DateTimeOffset until, byte[] content, CancellationToken cancellation) =>
        queries.ExecuteAsync(
            PostgresSql.Files["save"],
            command => command
                .With("operation", operation)
                .With("part", UInt128.Zero)
                .With("tenant", tenant)
                .With("until", until.UtcTicks)
                .With("payload", content),
            cancellation);

    public async Task<byte[]?> TakeAsync(
        string tenant, string operation, DateTimeOffset now, CancellationToken cancellation)
    {
        var parts = await queries.ReadAsync(
            PostgresSql.Files["take"],
            command => command.With("operation", operation).With("tenant", tenant).With("now", now.UtcTicks),
            static row => row.GetFieldValue<byte[]>(0),
            cancellation);
        return parts.Count == 0 ? null : parts.SelectMany(static part => part).ToArray();
    }

    public async Task<bool> DeleteAsync(string tenant, string operation, CancellationToken cancellation) =>
        await queries.ExecuteAsync(
            PostgresSql.Files["delete"], command => command.With("operation", operation).With("tenant", tenant),
            cancellation) > 0;

    public Task DeleteExpiredAsync(DateTimeOffset now, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.Files["delete-expired"], command => command.With("now", now.UtcTicks), cancellation);
}
