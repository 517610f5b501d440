using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<IStore> NewStoreAsync() => Task.FromResult(Reopened());

    protected override IStore Reopened() => new SqliteStore(TemporaryFolder.ConnectionString(_folder.File("sessions.db")));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
