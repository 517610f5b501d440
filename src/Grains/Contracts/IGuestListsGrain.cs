using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>The lists of one tenant, on every silo; the key is the tenant's name. Reads the store's lists, never a guest.</summary>
[Alias("guest-lists"), Version(1)]
public interface IGuestListsGrain : IGrainWithStringKey
{
    /// <summary>Quarantined or in-doubt events, the longest aside first.</summary>
    /// <param name="query">Of the tenant of the key, whatever tenant it names.</param>
    [Alias("aside")]
    Task<IReadOnlyList<AsideItem>> ReadAsideAsync(AsideQuery query);

    /// <summary>Guests with undelivered events, in key order.</summary>
    /// <param name="after">The key of the last guest of the page before.</param>
    [Alias("backlog")]
    Task<IReadOnlyList<BacklogItem>> ReadBacklogAsync(bool hotOnly, UInt128? after, int limit);

    /// <summary>What people did, the latest first.</summary>
    /// <param name="by">Only acts with this credential.</param>
    /// <param name="guest">Only acts on this guest, by its grain key.</param>
    /// <param name="before">The number of the last act of the page before.</param>
    [Alias("audit")]
    Task<IReadOnlyList<AuditItem>> ReadAuditAsync(string? by, string? guest, long? before, int limit);

    /// <summary>How much of everything there is, counted up to <paramref name="most"/>.</summary>
    [Alias("count")]
    Task<TenantCounts> CountAsync(int most);
}

[GenerateSerializer, Immutable, Alias("aside-item")]
public sealed record AsideItem(
    [property: Id(0)] AsidePlace Place,
    [property: Id(1)] string Guest,
    [property: Id(2)] string EventId,
    [property: Id(3)] string Type,
    [property: Id(4)] string? Code)
{
    /// <summary>What was doubtful about it as it came.</summary>
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
    /// <summary>The event's id; null where it is about none, or was not kept yet.</summary>
    [Id(7)] public string? EventId { get; init; }
}
