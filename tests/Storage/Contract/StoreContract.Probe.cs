using GuestSessions.Core.Journal;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_probe_of_an_open_store_succeeds_and_blocks_no_commit()
    {
        await _store.Probe.ProbeAsync();
        await _store.Probe.ProbeAsync();

        Assert.Equal(AppendResult.Written, await _journal.AppendAsync(Keyring.Entry("anna", 1)));
    }
}
