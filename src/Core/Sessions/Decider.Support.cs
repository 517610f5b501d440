using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>Puts a set-aside event back at the head of the line.</summary>
    public static Decision<ActDecision> Redrive(GuestSession session, RedriveEvent command)
    {
        if (session.SetAside.Find(command.Sequence) is not { } aside)
            return Nothing(ActDecision.WrongState);
        if (command.Base is { } made && made != ContentHash.Of(aside.Event.Body.Bytes.Span))
            return Nothing(ActDecision.Changed);
        if (IsBacklogFull(session, command.Edit?.Size ?? aside.Event.Size))
            return Nothing(ActDecision.BacklogFull);
        var identifiers = session.Identifiers.Changes(command.Edit?.Identifiers ?? []);
        if (identifiers.Count > 0 && session.Identifiers.CountWith(identifiers) > session.Limits.Identifiers)
            return Nothing(ActDecision.TooManyIdentifiers);
        if (NewBrowserOf(aside.Event, command.Edit) is { } browserId && session.Browsers.Held(browserId) is null)
            return Nothing(ActDecision.NeedsBrowser);

        List<SessionEvent> events = [];
        if (identifiers.Count > 0)
            events.Add(new IdentifiersRemembered(identifiers, command.Act.At));
        events.Add(new EventRedriven(
            command.Sequence, command.Act,
            SessionClosed: session.Sessions.Find(aside.Event.Session)?.IsOpen(command.Act.At) is not true,
            command.Edit is { } edit ? EventEdit.Of(edit) : null,
            aside.Event.EventId));
        return new(events, ActDecision.Done);
    }

    // An edit that keeps the browser id needs no ownership, whoever owns the browser now.
    private static string? NewBrowserOf(EventRecorded recorded, StreamEvent? edit) =>
        string.Equals(edit?.BrowserId, recorded.BrowserId, StringComparison.OrdinalIgnoreCase) ? null : edit?.BrowserId;

    /// <summary>Discards a set-aside event permanently.</summary>
    public static Decision<ActDecision> Discard(GuestSession session, long sequence, PersonAct act) =>
        session.SetAside.Find(sequence) is not { } aside
            ? Nothing(ActDecision.WrongState)
            : new([new EventDiscarded(sequence, act, aside.Event.EventId)], ActDecision.Done);

    /// <summary>
    /// Records whether a set-aside event arrived. A refused event can only be resolved as arrived: that it did not
    /// arrive is already known.
    /// </summary>
    public static Decision<ActDecision> Resolve(GuestSession session, long sequence, bool delivered, PersonAct act) =>
        session.SetAside.Find(sequence) is not { } aside || (!delivered && !aside.InDoubt)
            ? Nothing(ActDecision.WrongState)
            : new([new EventResolved(sequence, act, delivered, aside.Event.EventId)], ActDecision.Done);

    /// <summary>
    /// Pauses the guest's delivery. The result tells whether that was new; the first pause keeps its reason.
    /// </summary>
    public static Decision<bool> Pause(GuestSession session, PersonAct act) =>
        session.Pause is null ? new([new GuestPaused(act)], true) : Nothing(false);

    /// <summary>Resumes the guest's delivery. The result tells whether that was new.</summary>
    public static Decision<bool> Resume(GuestSession session, PersonAct act) =>
        session.Pause is null ? Nothing(false) : new([new GuestResumed(act)], true);

    /// <summary>Sets aside the events at the head that have waited too long. The result is their number.</summary>
    /// <param name="maxAge">0 means no limit.</param>
    public static Decision<int> Expire(GuestSession session, DateTimeOffset now, TimeSpan maxAge)
    {
        if (maxAge == TimeSpan.Zero || session.Open is not null || BlockOf(session) is not null)
            return Nothing(0);
        var (places, bytes) = session.SetAside.CapacityFor(session.Limits);
        List<SessionEvent> events = [];
        foreach (var entry in session.Line.Entries)
        {
            if (now - entry.WaitingSince <= maxAge || places <= 0 || bytes <= 0)
                break;
            if (!entry.Event.FromPublicKey) // Otherwise it has counted against its limit since it came.
                (places, bytes) = (places - 1, bytes - entry.Event.Size);
            events.Add(new EventExpired(entry.Event.Sequence, now, EventCodes.TooOld, entry.PossiblyDuplicate));
        }

        return new(events, events.Count);
    }

    /// <summary>Why the line waits for a person; null when it does not.</summary>
    public static DeliveryStep? BlockOf(GuestSession session)
    {
        if (session.Pause is { } pause)
            return new DeliveryStep.Paused(pause);
        if (session.SetAside.BlockingCount > 0)
            return new DeliveryStep.RefusedWaits();
        return session.SetAside.IsFull(session.Limits) ? new DeliveryStep.SetAsideFull() : null;
    }

    // A wrong configuration of the tenant uses up no attempts.
    private static bool IsExhausted(LineEntry entry, EndDelivery command) =>
        command.Report.Outcome != AttemptOutcome.Misconfigured && entry.Failures + 1 >= MostFailures(entry, command);

    // Content that anybody can send and the upstream fails on must not block its line for ever.
    private static int MostFailures(LineEntry entry, EndDelivery command)
    {
        var most = command.MaxAttempts > 0 ? command.MaxAttempts : int.MaxValue;
        return entry.Event.FromPublicKey && command.OthersAreAccepted && command.Report.Outcome == AttemptOutcome.InDoubt
            ? Math.Min(most, DeliveryPolicy.MostAttemptsFromPublicKey)
            : most;
    }

    private static SessionEvent GivenUp(EndDelivery command, AttemptResult result, bool inDoubt) => inDoubt
        ? new EventHeldInDoubt(command.Sequence, command.Attempt, result, EventCodes.AttemptsExhausted)
        : new EventQuarantined(command.Sequence, command.Attempt, result, EventCodes.AttemptsExhausted);
}
