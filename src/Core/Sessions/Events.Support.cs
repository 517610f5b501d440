using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions;

/// <summary>Who acted, when, and why: what the audit shows of an act.</summary>
/// <param name="By">The id of the credential.</param>
/// <param name="Reason">In the person's own words.</param>
/// <param name="Via">Through what the person acted, such as <c>console</c>; null for a call of the API.</param>
public sealed record PersonAct(string By, DateTimeOffset At, string? Reason = null, string? Via = null);

/// <summary>The event waited longer than its tenant allows; it is set aside instead of being sent.</summary>
/// <param name="Code">Why, as a stable code.</param>
/// <param name="InDoubt">An earlier attempt may have delivered it.</param>
public sealed record EventExpired(long Sequence, DateTimeOffset At, string Code, bool InDoubt = false)
    : SessionEvent, IAboutEvent;

/// <summary>A person put a set-aside event back at the head of the line.</summary>
/// <param name="SessionClosed">Its session was over by then: the upstream will count it in another one.</param>
/// <param name="Edit">Its new content; null leaves it unchanged.</param>
/// <param name="EventId">
/// For the audit, which outlives the event; null in journals that were written before it was kept.
/// </param>
public sealed record EventRedriven(
    long Sequence, PersonAct Act, bool SessionClosed = false, EventEdit? Edit = null, string? EventId = null)
    : SessionEvent, IAboutEvent;

/// <summary>A person decided that a set-aside event is not delivered at all.</summary>
/// <param name="EventId">See <see cref="EventRedriven"/>.</param>
public sealed record EventDiscarded(long Sequence, PersonAct Act, string? EventId = null) : SessionEvent, IAboutEvent;

/// <summary>A person found out whether a set-aside event arrived.</summary>
/// <param name="Delivered">False leaves it quarantined, no longer in doubt.</param>
/// <param name="EventId">See <see cref="EventRedriven"/>.</param>
public sealed record EventResolved(long Sequence, PersonAct Act, bool Delivered = false, string? EventId = null)
    : SessionEvent, IAboutEvent;

/// <summary>A person paused the guest's delivery.</summary>
public sealed record GuestPaused(PersonAct Act) : SessionEvent;

/// <summary>A person resumed the guest's delivery.</summary>
public sealed record GuestResumed(PersonAct Act) : SessionEvent;

/// <summary>The content that replaces an event's content at a redrive. The event keeps its id and its place.</summary>
public sealed record EventEdit
{
    public required string Type { get; init; }
    public required string Channel { get; init; }
    public required string PointOfSale { get; init; }
    public string? Page { get; init; }
    public string? BrowserId { get; init; }
    public required Utf8Json Body { get; init; }
    public Utf8Json? Defaults { get; init; }
    public string? OrderReference { get; init; }

    /// <summary>Its warnings now; null if there are none.</summary>
    public IReadOnlyList<EventWarning>? Warnings { get; init; }

    public static EventEdit Of(StreamEvent @event) => new()
    {
        Type = @event.Type,
        Channel = @event.Channel,
        PointOfSale = @event.PointOfSale,
        Page = @event.Page,
        BrowserId = @event.BrowserId,
        Body = @event.Body,
        Defaults = @event.Defaults.IsEmpty ? null : @event.Defaults,
        OrderReference = @event.OrderReference,
        Warnings = @event.Warnings.Count == 0 ? null : @event.Warnings,
    };

    /// <summary>The event as it is after the edit.</summary>
    public EventRecorded Over(EventRecorded recorded) => recorded with
    {
        Type = Type,
        Channel = Channel,
        PointOfSale = PointOfSale,
        Page = Page,
        BrowserId = BrowserId,
        Body = Body,
        Defaults = Defaults,
        OrderReference = OrderReference,
        Warnings = Warnings,
    };
}
