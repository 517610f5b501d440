using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract
{
    private string _schema = null!;

    protected override async Task<IStore> NewStoreAsync()
    {
        _schema = await server.NewSchemaAsync();
        return Reopened();
    }

    protected override IStore Reopened() => new PostgresStore(new PostgresSettings { ConnectionString = _schema });
}
