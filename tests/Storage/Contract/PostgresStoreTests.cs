using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract
{
    protected override async Task<IStore> NewStoreAsync() =>
        new PostgresStore(new PostgresSettings { ConnectionString = await server.NewSchemaAsync() });
}
