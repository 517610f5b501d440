using System.Diagnostics;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Lists;

/// <summary>
/// What a commit changes in the lists over all guests. It is stored in the transaction of the commit. So the lists cannot
/// differ from the sessions, and reading a list reads no session.
/// </summary>
public sealed record ListChanges
{
    /// <summary>Undelivered events from which on a guest counts as hot.</summary>
    public const int HotFrom = 100;

    public static ListChanges None { get; } = new();

    public int Undelivered { get; init; }

    /// <summary>When the head of the line was received; null when nothing waits.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Why the line waits for a person: <c>paused</c>, <c>refused_waits</c>, <c>set_aside_full</c>; or null.</summary>
    public string? Block { get; init; }

    public IReadOnlyList<AsideChange> Asides { get; init; } = [];

    public IReadOnlyList<RecordedAct> Acts { get; init; } = [];

    public bool IsHot => Undelivered >= HotFrom;

    /// <param name="session">As it stands after the events.</param>
    public static ListChanges Of(GuestSession session, IReadOnlyList<SessionEvent> events)
    {
        var asides = AsidesOf(session, events);
        var acts = ActsOf(events);
        return session.Line.Count == 0 && asides is null && acts is null
            ? None
            : new ListChanges
            {
                Undelivered = session.Line.Count,
                WaitingSince = session.Line.Head?.Event.ReceivedAt,
                Block = session.Line.Count == 0 ? null : NameOf(Decider.BlockOf(session)),
                Asides = asides ?? None.Asides,
                Acts = acts ?? None.Acts,
            };
    }

    private static List<AsideChange>? AsidesOf(GuestSession session, IReadOnlyList<SessionEvent> events)
    {
        List<AsideChange>? changes = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (SequenceOf(events[i]) is { } sequence && !Has(changes, sequence))
                (changes ??= []).Add(new AsideChange(sequence, session.SetAside.Find(sequence)));
        }

        return changes;
    }

    private static bool Has(List<AsideChange>? changes, long sequence) =>
        changes?.Exists(known => known.Sequence == sequence) is true;

    /// <summary>The event that an event of the session put aside or took from there; null when it did neither.</summary>
    private static long? SequenceOf(SessionEvent @event) => @event switch
    {
        EventQuarantined quarantined => quarantined.Sequence,
        EventQuarantinedUnsent unsent => unsent.Sequence,
        EventHeldInDoubt held => held.Sequence,
        EventExpired expired => expired.Sequence,
        LateOutcomeRecorded { Delivers: true } late => late.Sequence,
        EventRedriven redriven => redriven.Sequence,
        EventDiscarded discarded => discarded.Sequence,
        EventResolved resolved => resolved.Sequence,
        EventBlanked blanked => blanked.Sequence,
        LateOutcomeRecorded or GuestOpened or SessionStarted or EventRecorded or IdentifiersRemembered
            or BrowserIdAssigned or BrowserIdPostponed or DeliveryStarted or EventDelivered or DeliveryPostponed
            or DeliveryUnsent or DeliveryTakenOver or LineFlushed or GuestPaused or GuestResumed or EventSuperseded
            or SessionsClosed or BrowserLinked or BrowserReleased or SessionsForwarded or BrowserDrained
            or BrowserCleared or LocalBrowserMapped or ReplayBegun or ClockSet or ConsentChanged or EventDropped
            or BlankingEnded or EventRestored => null,
        _ => throw new UnreachableException($"Whether {@event.GetType().Name} sets an event aside is not said."),
    };

    private static List<RecordedAct>? ActsOf(IReadOnlyList<SessionEvent> events)
    {
        List<RecordedAct>? acts = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (RecordedAct.Of(events[i]) is { } act)
                (acts ??= []).Add(act);
        }

        return acts;
    }

    private static string? NameOf(DeliveryStep? block) => block switch
    {
        DeliveryStep.Paused => StepNames.Paused,
        DeliveryStep.RefusedWaits => StepNames.RefusedWaits,
        DeliveryStep.SetAsideFull => StepNames.SetAsideFull,
        _ => null,
    };
}

/// <summary>Where an event stands after a commit that may have put it aside or taken it from there.</summary>
/// <param name="Aside">Null when it is not set aside.</param>
public sealed record AsideChange(long Sequence, SetAsideEvent? Aside);
