using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
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
    Task<IReadOnlyList<AsideItem>> ReadSetAsideAsync(SetAsideQuery query);

    /// <summary>Returns guests with undelivered events, in key order.</summary>
    /// <param name="after">The key of the last guest on the previous page.</param>
    [Alias("backlog")]
    Task<IReadOnlyList<BacklogItem>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit);

    /// <summary>Returns the acts of people, the latest first.</summary>
    /// <param name="by">Only acts with this credential.</param>
    /// <param name="guest">Only acts on this guest, by its grain key.</param>
    /// <param name="before">The number of the last act on the previous page.</param>
    [Alias("audit")]
    Task<IReadOnlyList<AuditItem>> ReadAuditAsync(string? by, string? guest, long? before, int limit);

    /// <summary>Returns the tenant's counts. Each stops at <paramref name="most"/>.</summary>
    [Alias("count")]
    Task<TenantCounts> CountAsync(int most);
}

[GenerateSerializer, Immutable, Alias("aside-item")]
public sealed record AsideItem(
    [property: Id(0)] SetAsidePlace Place,
    [property: Id(1)] string Guest,
    [property: Id(2)] string EventId,
    [property: Id(3)] string Type,
    [property: Id(4)] string? Code)
{
    /// <summary>The warnings that the event had when it was received.</summary>
    [Id(5)] public IReadOnlyList<EventWarning> Warnings { get; init; } = [];
}

/// <param name="Key">The hash of the guest's key.</param>
/// <param name="Block">See <c>ListChanges.Block</c>.</param>
[GenerateSerializer, Immutable, Alias("backlog-item")]
public sealed record BacklogItem(
    [property: Id(0)] UInt128 Key,
    [property: Id(1)] string Guest,
    [property: Id(2)] int Undelivered,
    [property: Id(3)] DateTimeOffset? OldestPendingAt,
    [property: Id(4)] string? Block,
    [property: Id(5)] bool Hot);

[GenerateSerializer, Immutable, Alias("audit-item")]
public sealed record AuditItem(
    [property: Id(0)] long Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string By,
    [property: Id(3)] string Act,
    [property: Id(4)] string? Reason,
    [property: Id(5)] string? Guest,
    [property: Id(6)] long? Sequence)
{
    /// <summary>The event's id; null when the act is about no event, or predates the storing of the id.</summary>
    [Id(7)] public string? EventId { get; init; }
}
