using GuestSessions.Core.Guests;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

/// <summary>What every store must do. Each store derives its own test class.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private ObservedStore _store = null!;
    private Journal _journal = null!;

    /// <summary>Creates an empty store.</summary>
    protected abstract Task<IStore> NewStoreAsync();

    /// <summary>The same store once it has been closed, as the next process opens it.</summary>
    protected abstract IStore Reopened();

    public async ValueTask InitializeAsync()
    {
        _store = new ObservedStore(await NewStoreAsync());
        _journal = await Journals.OpenAsync(_store);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private GuestKeyring Keyring => _journal.Keyring;

    private GuestKey Key(string guest) => Keyring.KeyOf(Entries.Tenant, guest);
}
