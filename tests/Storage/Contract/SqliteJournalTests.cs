using GuestSessions.Storage.Sqlite;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class SqliteJournalTests : JournalContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<IJournalStore> NewStoreAsync() => Task.FromResult<IJournalStore>(
        new SqliteJournalStore(TemporaryFolder.ConnectionString(_folder.File("sessions.db"))));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
