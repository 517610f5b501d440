using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// The lists of one tenant, on every silo. The key is the tenant's name. Reads the store's lists, never a guest.
/// </summary>
[Alias("guest-lists"), Version(1)]
public interface IGuestListsGrain : IGrainWithStringKey
{
    /// <summary>Returns quarantined or in-doubt events; the event set aside longest comes first.</summary>
    /// <param name="query">What to read. The tenant of the grain key replaces the tenant that the query names.</param>
    [Alias("aside")]
    Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query);

    /// <summary>Returns set-aside events counted by type and code, at most <c>query.Limit</c> groups.</summary>
    /// <param name="query">As in <see cref="ReadSetAsideAsync"/>.</param>
    [Alias("aside-groups")]
    Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query);

    /// <summary>Returns set-aside events of any guest with this event id.</summary>
    [Alias("find-aside")]
    Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(string eventId, int limit);

    /// <summary>Returns the tenant's operations, the latest first.</summary>
    /// <param name="before">The place of the last operation on the previous page.</param>
    [Alias("operations")]
    Task<IReadOnlyList<OperationView>> ReadOperationsAsync(OperationPlace? before, int limit);

    /// <summary>Returns guests with undelivered events, in key order.</summary>
    /// <param name="after">The key of the last guest on the previous page.</param>
    [Alias("backlog")]
    Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit);

    /// <summary>Returns the acts of people, the latest first.</summary>
    /// <param name="by">Only acts with this credential.</param>
    /// <param name="guest">Only acts on this guest, by its grain key.</param>
    /// <param name="before">The number of the last act on the previous page.</param>
    [Alias("audit")]
    Task<IReadOnlyList<ListedAct>> ReadAuditAsync(string? by, string? guest, long? before, int limit);

    /// <summary>Returns the tenant's counts. Each stops at <paramref name="most"/>.</summary>
    [Alias("count")]
    Task<TenantCounts> CountAsync(int most);
}
