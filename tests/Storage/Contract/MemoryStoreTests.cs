using GuestSessions.Storage.Memory;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class MemoryStoreTests : StoreContract
{
    private readonly MemoryStore _store = new();

    protected override Task<IStore> NewStoreAsync() => Task.FromResult<IStore>(_store);

    // It ends with its process, not when it is closed.
    protected override IStore Reopened() => _store;
}
