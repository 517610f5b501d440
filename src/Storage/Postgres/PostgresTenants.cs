using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Postgres;

internal sealed class PostgresTenants(PostgresQueries queries) : ITenantRows
{
    public async Task<byte[]?> ReadAsync(string tenant, CancellationToken cancellation) => (await queries.ReadAsync(
        PostgresSql.Tenants["read"],
        command => command.With("name", tenant),
        static row => row.GetFieldValue<byte[]>(0),
        cancellation)).SingleOrDefault();

    public Task SaveAsync(string tenant, byte[] payload, CancellationToken cancellation) => queries.ExecuteAsync(
        PostgresSql.Tenants["save"], command => command.With("name", tenant).With("payload", payload), cancellation);
}
