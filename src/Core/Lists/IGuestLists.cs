using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Lists;

/// <summary>
/// The lists over all guests of a tenant, which operators read: a page at a time, and each page by an index of the database.
/// Implemented beside the journal, over the same store.
/// </summary>
public interface IGuestLists
{
    /// <summary>Set-aside events; those that were set aside first come first.</summary>
    Task<IReadOnlyList<ListedSetAside>> ReadSetAsideAsync(SetAsideQuery query, CancellationToken cancellation);

    /// <summary>
    /// Set-aside events counted by type and code. Counts every event that the query finds, so it takes time where very many
    /// are set aside; <see cref="SetAsideQuery.After"/> is not regarded.
    /// </summary>
    Task<SetAsideGroups> GroupSetAsideAsync(SetAsideQuery query, CancellationToken cancellation);

    /// <summary>Set-aside events with an id, of any guest of a tenant.</summary>
    Task<IReadOnlyList<ListedSetAside>> FindSetAsideAsync(
        string tenant, string eventId, int limit, CancellationToken cancellation);

    /// <summary>Guests with undelivered events, in key order.</summary>
    Task<IReadOnlyList<ListedBacklog>> ReadBacklogAsync(BacklogQuery query, CancellationToken cancellation);

    /// <summary>People's acts, newest first.</summary>
    Task<IReadOnlyList<ListedAct>> ReadAuditAsync(AuditQuery query, CancellationToken cancellation);

    /// <summary>When a person revealed a value; null where there was none.</summary>
    /// <param name="earlier">How many reveals were later: 0 asks for the last one.</param>
    Task<DateTimeOffset?> ReadRevealAsync(string tenant, string by, int earlier, CancellationToken cancellation);

    /// <summary>How much of everything there is, counted up to <paramref name="most"/>.</summary>
    Task<TenantCounts> CountAsync(string tenant, int most, CancellationToken cancellation);

    /// <summary>Deletes acts of before a time, the oldest first.</summary>
    /// <param name="limit">Acts looked at.</param>
    /// <returns>How many were deleted; fewer than the limit means that no older ones are left.</returns>
    Task<int> DeleteActsAsync(DateTimeOffset before, int limit, CancellationToken cancellation);

    /// <summary>Adds an act that is no event of any session, such as the start of an operation.</summary>
    /// <param name="guest">The guest that it concerns; null for an act on the tenant.</param>
    Task AppendActAsync(string tenant, RecordedAct act, CancellationToken cancellation, GuestKey? guest = null);
}

/// <param name="InDoubt">In doubt, or else quarantined.</param>
/// <param name="Type">Only events of this type.</param>
/// <param name="Code">Only events with this code.</param>
/// <param name="Before">Only events set aside before this.</param>
/// <param name="After">Where the page before ended.</param>
/// <param name="Warning">Only events with this warning, or <see cref="EventWarning.Any"/>.</param>
public sealed record SetAsideQuery(
    string Tenant, bool InDoubt, string? Type, string? Code, DateTimeOffset? Before, SetAsidePlace? After, int Limit,
    string? Warning = null);

/// <summary>The place of an event in the list of those set aside.</summary>
public readonly record struct SetAsidePlace(DateTimeOffset At, UInt128 Guest, long Sequence);

/// <summary>One set-aside event.</summary>
/// <param name="Name">The guest id as the caller chose it.</param>
public sealed record ListedSetAside(
    GuestKey Guest, string Name, long Sequence, string EventId, string Type, string? Code, DateTimeOffset At)
{
    public SetAsidePlace Place => new(At, Guest.Hash, Sequence);

    /// <summary>The warnings that it had when it was received.</summary>
    public IReadOnlyList<EventWarning> Warnings { get; init; } = [];
}

/// <param name="Count">The exact number of events, those of groups that are not listed included.</param>
/// <param name="Groups">The largest first.</param>
public sealed record SetAsideGroups(long Count, IReadOnlyList<SetAsideGroup> Groups);

/// <summary>Set-aside events with the same type and code.</summary>
/// <param name="First">When the first of them was set aside.</param>
/// <param name="Last">When the last of them was set aside.</param>
public sealed record SetAsideGroup(string Type, string? Code, long Count, DateTimeOffset First, DateTimeOffset Last);

/// <param name="HotOnly">Only guests with <see cref="ListChanges.HotFrom"/> and more.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record BacklogQuery(string Tenant, bool HotOnly, UInt128? After, int Limit);

/// <summary>A guest with undelivered events.</summary>
/// <param name="Block">See <see cref="ListChanges.Block"/>.</param>
public sealed record ListedBacklog(
    GuestKey Guest, string Name, int Undelivered, DateTimeOffset? WaitingSince, string? Block)
{
    public bool IsHot => Undelivered >= ListChanges.HotFrom;
}

/// <param name="By">Only acts with this credential.</param>
/// <param name="Guest">Only acts on this guest.</param>
/// <param name="Before">Only acts with a lower number.</param>
public sealed record AuditQuery(string Tenant, string? By, GuestKey? Guest, long? Before, int Limit);

/// <summary>One act.</summary>
/// <param name="Number">Grows with every act of the store.</param>
/// <param name="Name">The guest it was done to, by the id its caller chose; null for an act on a tenant.</param>
public sealed record ListedAct(long Number, string? Name, RecordedAct Act);

/// <param name="Waiting">Guests with undelivered events.</param>
/// <param name="Hot">Those with <see cref="ListChanges.HotFrom"/> and more.</param>
/// <param name="Quarantined">Events.</param>
/// <param name="InDoubt">Events.</param>
/// <param name="WaitingSince">When the head that waits longest was received, of the lines that were counted.</param>
public sealed record TenantCounts(
    int Waiting, int Hot, int Quarantined, int InDoubt, DateTimeOffset? WaitingSince = null)
{
    /// <summary>Undelivered events of the guests that were counted.</summary>
    public long Undelivered { get; init; }

    /// <summary>When the event that is quarantined longest was set aside.</summary>
    public DateTimeOffset? QuarantinedSince { get; init; }

    /// <summary>When the event that is in doubt longest was set aside.</summary>
    public DateTimeOffset? InDoubtSince { get; init; }
}
