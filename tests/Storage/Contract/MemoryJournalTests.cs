using GuestSessions.Storage.Memory;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class MemoryJournalTests : JournalContract
{
    protected override Task<IJournalStore> NewStoreAsync() =>
        Task.FromResult<IJournalStore>(new MemoryJournalStore());
}
