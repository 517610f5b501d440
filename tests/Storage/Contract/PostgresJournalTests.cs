using GuestSessions.PostgresKit;
using GuestSessions.Storage.Postgres;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class PostgresJournalTests(PostgresServer server) : JournalContract
{
    protected override async Task<IJournalStore> NewStoreAsync() =>
        new PostgresJournalStore(new PostgresSettings { ConnectionString = await server.NewSchemaAsync() });
}
