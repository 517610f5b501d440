using System.Text.Json.Serialization;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Core.Lists;

namespace GuestSessions.Api.Lists;

/// <summary>A quarantined or in-doubt event. Its type and the paths of its warnings are masked.</summary>
/// <param name="Code">Why the event is set aside; null when its type forbids a blind resend.</param>
/// <param name="At">When the event was set aside.</param>
public sealed record AsideBody(
    string Guest, string EventId, long Sequence, string Type, string? Code, DateTimeOffset At)
{
    /// <summary>The warnings that the event had when it was received.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }

    internal static AsideBody Of(ListedSetAside aside) => new(
        aside.Name, aside.EventId, aside.Sequence, TextMask.Mask(aside.Type), aside.Code, aside.At)
    {
        Warnings = GuestBodies.From(aside.Warnings),
    };
}

/// <summary>Set-aside events counted by type and code.</summary>
/// <param name="Count">The exact number of events, those of groups that are not listed included.</param>
/// <param name="Groups">The largest 200, largest first.</param>
public sealed record AsideGroupsBody(long Count, IReadOnlyList<AsideGroupBody> Groups)
{
    internal static AsideGroupsBody Of(SetAsideGroups found) => new(
        found.Count,
        [.. found.Groups.Select(static group => new AsideGroupBody(
            TextMask.Mask(group.Type), group.Code, group.Count, group.First, group.Last))]);
}

/// <summary>Set-aside events with the same type and code. The type is masked where it looks personal.</summary>
/// <param name="First">When the first of them was set aside.</param>
/// <param name="Last">When the last of them was set aside.</param>
public sealed record AsideGroupBody(string Type, string? Code, long Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>A guest with undelivered events.</summary>
/// <param name="OldestPendingAt">When the first event of the guest's line was received.</param>
/// <param name="Block">
/// Why the guest's events do not move: the code of <c>waiting</c>; null while a request for its next event is in flight.
/// </param>
/// <param name="Hot">Whether the guest has 100 or more undelivered events.</param>
public sealed record BacklogBody(
    string Guest, int Undelivered, DateTimeOffset? OldestPendingAt, string? Block, bool Hot)
{
    /// <summary>The reason in words, and what ends the wait; null when everything was delivered in the meantime.</summary>
    public required WaitBody? Waiting { get; init; }
}

/// <summary>An act of a person. Its reason is masked, and the three records behind it are one.</summary>
/// <param name="By">The id of the credential.</param>
/// <param name="Guest">Null for an act on the tenant.</param>
/// <param name="EventId">The event; null for an act on the guest or the tenant.</param>
/// <param name="Sequence">The event's position in its guest's order of acceptance.</param>
public sealed record AuditBody(
    DateTimeOffset At, string By, string Act, string? Reason, string? Guest, string? EventId, long? Sequence)
{
    /// <summary>Through what the person acted: <c>console</c>; left out for a call of the API.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Via { get; init; }

    /// <summary>The masked value that the person revealed, by its name; left out for any other act.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    internal static AuditBody Of(ListedAct listed)
    {
        var (by, at, reason, via) = listed.Act.Act;
        return new(at, by, listed.Act.Kind, TextMask.Mask(reason), listed.Name, listed.Act.EventId, listed.Act.Sequence)
        {
            Via = via,
            Field = listed.Act.Field,
        };
    }
}

/// <summary>The state of delivery over all guests of the tenant.</summary>
/// <param name="WaitingGuests">Guests with undelivered events.</param>
/// <param name="HotGuests">Guests with 100 or more undelivered events.</param>
/// <param name="Quarantined">Events that were permanently refused and set aside.</param>
/// <param name="InDoubt">Events that may or may not have arrived.</param>
/// <param name="OldestPendingAt">
/// When the oldest head event of the counted guests was received; null when no event waits.
/// </param>
/// <param name="OldestPendingAge">The age of that event in seconds.</param>
/// <param name="Delivery">What stops the whole tenant: a person's pause, trouble, a Retry-After, or an open circuit.</param>
public sealed record DeliveryHealthBody(
    CountBody WaitingGuests,
    CountBody HotGuests,
    CountBody Quarantined,
    CountBody InDoubt,
    DateTimeOffset? OldestPendingAt,
    double? OldestPendingAge,
    TenantDeliveryBody Delivery);

/// <param name="Count">The count, at most 10,000.</param>
/// <param name="More">Whether there are more than the count says.</param>
public sealed record CountBody(int Count, bool More);
