using GuestSessions.Storage.Memory;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class MemoryJournalTests : JournalContract
{
    protected override IJournalStore NewStore() => new MemoryJournalStore();
}
