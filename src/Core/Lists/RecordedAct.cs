using System.Diagnostics;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Lists;

/// <summary>A person's act as the audit keeps it.</summary>
/// <param name="Kind">A stable word: <c>redriven</c>, <c>guest_paused</c>, …</param>
/// <param name="Sequence">The event it was done to; null for an act on a guest or a tenant.</param>
/// <param name="EventId">Its id; null in acts from before it was kept.</param>
/// <param name="Field">The name of the value that was revealed, masked; null for any other act.</param>
public sealed record RecordedAct(
    string Kind, PersonAct Act, long? Sequence = null, string? EventId = null, string? Field = null)
{
    /// <summary>The act behind an event of a session; null when no person caused it.</summary>
    public static RecordedAct? Of(SessionEvent @event) => @event switch
    {
        EventRedriven { Edit: null } redriven => new(ActNames.Redriven, redriven.Act, redriven.Sequence, redriven.EventId),
        EventRedriven redriven => new(ActNames.RedrivenEdited, redriven.Act, redriven.Sequence, redriven.EventId),
        EventDiscarded discarded => new(ActNames.Discarded, discarded.Act, discarded.Sequence, discarded.EventId),
        EventResolved { Delivered: true } resolved =>
            new(ActNames.ResolvedDelivered, resolved.Act, resolved.Sequence, resolved.EventId),
        EventResolved resolved =>
            new(ActNames.ResolvedNotDelivered, resolved.Act, resolved.Sequence, resolved.EventId),
        GuestPaused paused => new(ActNames.GuestPaused, paused.Act),
        GuestResumed resumed => new(ActNames.GuestResumed, resumed.Act),
        ReplayBegun begun => new(ActNames.ReplayBegun, begun.Act),
        EventBlanked blanked => new(ActNames.EventBlanked, blanked.Act, blanked.Sequence, blanked.EventId),
        ConsentChanged consent => new(consent.Denied ? ActNames.ConsentDenied : ActNames.ConsentGranted, consent.Act),
        LineFlushed { By: { } by } flushed =>
            new(ActNames.GuestFlushed, new PersonAct(by, flushed.At, flushed.Reason, flushed.Via)),
        LineFlushed or GuestOpened or SessionStarted or EventRecorded or IdentifiersRemembered
            or BrowserIdAssigned or BrowserIdPostponed or DeliveryStarted or EventDelivered or DeliveryPostponed
            or EventQuarantined or EventHeldInDoubt or DeliveryUnsent or DeliveryTakenOver or LateOutcomeRecorded
            or EventExpired or EventSuperseded or SessionsClosed or EventQuarantinedUnsent or BrowserLinked
            or BrowserReleased or SessionsForwarded or BrowserDrained or BrowserCleared
            or LocalBrowserMapped or ClockSet or EventDropped or BlankingEnded or EventRestored => null,
        _ => throw new UnreachableException($"Whether {@event.GetType().Name} is a person's act is not said."),
    };
}
