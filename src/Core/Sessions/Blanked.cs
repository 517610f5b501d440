using System.Diagnostics;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions;

/// <summary>What is left of an event whose body must not be kept.</summary>
public static class Blanked
{
    /// <summary>The event with its id, type, times and place, and nothing else that its caller sent.</summary>
    public static EventRecorded Of(EventRecorded recorded) => recorded with
    {
        Hash = default,
        Body = Utf8Json.Parse("{}"),
        Defaults = null,
        Page = null,
        BrowserId = null,
        OrderReference = null,
        UserAgent = null,
        Address = null,
        Warnings = null,
    };

    /// <summary>An event of the session without the body of one blanked event; the same object when it has nothing of it.</summary>
    public static SessionEvent Of(SessionEvent @event, long sequence) => @event switch
    {
        EventRecorded recorded when recorded.Sequence == sequence => Of(recorded),
        EventRedriven { Edit: { } edit } redriven when redriven.Sequence == sequence => redriven with { Edit = Of(edit) },
        EventDelivered delivered when delivered.Sequence == sequence => delivered with { Result = Of(delivered.Result) },
        DeliveryPostponed postponed when postponed.Sequence == sequence => postponed with { Result = Of(postponed.Result) },
        EventQuarantined quarantined when quarantined.Sequence == sequence =>
            quarantined with { Result = Of(quarantined.Result) },
        EventHeldInDoubt held when held.Sequence == sequence => held with { Result = Of(held.Result) },
        DeliveryUnsent unsent when unsent.Sequence == sequence => unsent with { Result = Of(unsent.Result) },
        LateOutcomeRecorded late when late.Sequence == sequence => late with { Result = Of(late.Result) },
        EventRecorded or EventRedriven or EventDelivered or DeliveryPostponed or EventQuarantined or EventHeldInDoubt
            or DeliveryUnsent or LateOutcomeRecorded or GuestOpened or SessionStarted or IdentifiersRemembered
            or BrowserIdAssigned or BrowserIdPostponed or DeliveryStarted or DeliveryTakenOver or LineFlushed or EventExpired
            or EventDiscarded or EventResolved or GuestPaused or GuestResumed or EventSuperseded or SessionsClosed
            or EventQuarantinedUnsent or BrowserLinked or BrowserReleased or SessionsForwarded or BrowserDrained
            or BrowserCleared or LocalBrowserMapped or ReplayBegun or ClockSet or ConsentChanged or EventDropped
            or EventBlanked or BlankingEnded or EventRestored => @event,
        _ => throw new UnreachableException($"Whether {@event.GetType().Name} has the body of an event is not said."),
    };

    /// <summary>An attempt without the upstream's answer, which may repeat the body.</summary>
    public static AttemptResult Of(AttemptResult result) =>
        result.Answer is null && result.Error is null ? result : result with { Answer = null, Error = null };

    private static EventEdit Of(EventEdit edit) => edit with
    {
        Body = Utf8Json.Parse("{}"),
        Defaults = null,
        Page = null,
        BrowserId = null,
        OrderReference = null,
        Warnings = null,
    };
}
