using GuestSessions.Storage.Memory;

namespace GuestSessions.Storage.Tests.Contract;

public sealed class MemoryStoreTests : StoreContract
{
    protected override Task<IStore> NewStoreAsync() =>
        Task.FromResult<IStore>(new MemoryStore());
}
