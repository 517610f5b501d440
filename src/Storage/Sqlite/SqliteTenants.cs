using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage.Sqlite;

internal sealed class SqliteTenants(SqliteConnections connections) : ITenantRows
{
    public Task<byte[]?> ReadAsync(string tenant, CancellationToken cancellation) => connections.ReadAsync(
        session => session.Statement(SqliteSql.Tenants["read"]).With("name", tenant)
            .Read(static row => row.Blob(0)).SingleOrDefault(),
        cancellation);

    public Task SaveAsync(string tenant, byte[] payload, CancellationToken cancellation) => connections.WriteAsync(
        session => session.Statement(SqliteSql.Tenants["save"])
            .With("name", tenant).With("payload", payload).Execute(),
        cancellation);
}
