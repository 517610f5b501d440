using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Privacy;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Health;
using GuestSessions.Storage.Operations;
using GuestSessions.Storage.Owners;
using GuestSessions.Storage.Rejections;
using GuestSessions.Storage.Tenants;

namespace GuestSessions.Storage;

/// <summary>
/// The service's database, with a member for each role. The roles share one secret and one lifetime. To add a store, see
/// <c>docs/adding-a-store.md</c>.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>Commits, snapshots and search terms, written by <see cref="Storage.Journal"/>.</summary>
    IJournalRows Journal { get; }

    /// <summary>The same commits, for a search through all guests.</summary>
    IEventRows Events { get; }

    /// <summary>The owner of each browser id.</summary>
    IOwnerRows Owners { get; }

    /// <summary>The lists over all guests. <see cref="IJournalRows.WriteAsync"/> writes their rows with the commits.</summary>
    IGuestLists Lists { get; }

    /// <summary>Long-running operations.</summary>
    IOperationRows Operations { get; }

    /// <summary>Rejected events.</summary>
    IRejectionRows Rejections { get; }

    /// <summary>The types of <c>ext</c> attributes.</summary>
    IExtTypeStore ExtTypes { get; }

    /// <summary>The delivery state of each tenant.</summary>
    ITenantRows Tenants { get; }

    /// <summary>Erased guests.</summary>
    IErasureStore Erasures { get; }

    /// <summary>Files that operations made for a person.</summary>
    IFileStore Files { get; }

    /// <summary>Whether the store would take a write now.</summary>
    IStoreProbe Probe { get; }

    /// <summary>Opens the store, and creates it if it is new. Called once, before any other call.</summary>
    /// <returns>The store's secret for <see cref="Core.Guests.GuestKeyring"/>, created once and kept.</returns>
    /// <exception cref="InvalidOperationException">
    /// Another process uses the store, or a newer version of the service wrote it.
    /// </exception>
    Task<byte[]> OpenAsync(CancellationToken cancellation);

    /// <summary>When the store was restored from a backup last; null if never.</summary>
    Task<DateTimeOffset?> ReadRestoreAsync(CancellationToken cancellation);

    /// <summary>Notes that the store is a backup that was restored.</summary>
    Task MarkRestoreAsync(DateTimeOffset at, CancellationToken cancellation);
}
