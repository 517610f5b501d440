using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>Puts a set-aside event back at the head of the line.</summary>
    public static Decision<ActVerdict> Redrive(GuestSession session, RedriveEvent command)
    {
        if (session.SetAside.Find(command.Sequence) is not { } aside)
            return Nothing(ActVerdict.WrongState);
        if (command.Base is { } made && made != ContentHash.Of(aside.Event.Body.Bytes.Span))
            return Nothing(ActVerdict.Changed);
        if (IsBacklogFull(session, command.Edit?.Size ?? aside.Event.Size))
            return Nothing(ActVerdict.BacklogFull);
        var identifiers = session.Identifiers.Changes(command.Edit?.Identifiers ?? []);
        if (identifiers.Count > 0 && session.Identifiers.CountWith(identifiers) > session.Limits.Identifiers)
            return Nothing(ActVerdict.TooManyIdentifiers);
        if (NewBrowserOf(aside.Event, command.Edit) is { } browserId && session.Browsers.Held(browserId) is null)
            return Nothing(ActVerdict.NeedsBrowser);

        List<SessionEvent> events = [];
        if (identifiers.Count > 0)
            events.Add(new IdentifiersRemembered(identifiers, command.Act.At));
        events.Add(new EventRedriven(
            command.Sequence, command.Act,
            SessionClosed: session.Sessions.Find(aside.Event.Session)?.IsOpen(command.Act.At) is not true,
            command.Edit is { } edit ? EventEdit.Of(edit) : null,
            aside.Event.EventId));
        return new(events, ActVerdict.Done);
    }

    // An edit that leaves the browser id takes it from nobody, whoever owns it by now.
    private static string? NewBrowserOf(EventRecorded recorded, StreamEvent? edit) =>
        string.Equals(edit?.BrowserId, recorded.BrowserId, StringComparison.OrdinalIgnoreCase) ? null : edit?.BrowserId;

    /// <summary>Gives a set-aside event up for good.</summary>
    public static Decision<ActVerdict> Discard(GuestSession session, long sequence, PersonAct act) =>
        session.SetAside.Find(sequence) is not { } aside
            ? Nothing(ActVerdict.WrongState)
            : new([new EventDiscarded(sequence, act, aside.Event.EventId)], ActVerdict.Done);

    /// <summary>
    /// Says of a set-aside event whether it arrived. One that was refused can only turn out to have arrived otherwise:
    /// that it did not is known already.
    /// </summary>
    public static Decision<ActVerdict> Resolve(GuestSession session, long sequence, bool delivered, PersonAct act) =>
        session.SetAside.Find(sequence) is not { } aside || (!delivered && !aside.InDoubt)
            ? Nothing(ActVerdict.WrongState)
            : new([new EventResolved(sequence, act, delivered, aside.Event.EventId)], ActVerdict.Done);

    /// <summary>Stops the guest's delivery. The result tells whether it was news; the first pause keeps its reason.</summary>
    public static Decision<bool> Pause(GuestSession session, PersonAct act) =>
        session.Pause is null ? new([new GuestPaused(act)], true) : Nothing(false);

    /// <summary>Lets the guest's delivery go on. The result tells whether it was news.</summary>
    public static Decision<bool> Resume(GuestSession session, PersonAct act) =>
        session.Pause is null ? Nothing(false) : new([new GuestResumed(act)], true);

    /// <summary>Sets the events at the head aside that have waited too long. The result is how many.</summary>
    /// <param name="maxAge">0 is no limit.</param>
    public static Decision<int> Expire(GuestSession session, DateTimeOffset now, TimeSpan maxAge)
    {
        if (maxAge == TimeSpan.Zero || session.Open is not null || BlockOf(session) is not null)
            return Nothing(0);
        var (room, roomBytes) = session.SetAside.RoomFor(session.Limits);
        List<SessionEvent> events = [];
        foreach (var entry in session.Line.Entries)
        {
            if (now - entry.WaitingSince <= maxAge || room <= 0 || roomBytes <= 0)
                break;
            if (!entry.Event.FromPublicKey) // Else it has had its room since it came.
                (room, roomBytes) = (room - 1, roomBytes - entry.Event.Size);
            events.Add(new EventExpired(entry.Event.Sequence, now, EventCodes.TooOld, entry.PossiblyDuplicate));
        }

        return new(events, events.Count);
    }

    /// <summary>Why the line waits for a person; null when it does not.</summary>
    public static DeliveryStep? BlockOf(GuestSession session)
    {
        if (session.Pause is { } pause)
            return new DeliveryStep.Paused(pause);
        if (session.SetAside.WaitingCount > 0)
            return new DeliveryStep.RefusedWaits();
        return session.SetAside.IsFull(session.Limits) ? new DeliveryStep.SetAsideFull() : null;
    }

    // What the tenant got wrong costs no event an attempt.
    private static bool IsExhausted(LineEntry entry, EndDelivery command) =>
        command.Report.Outcome != AttemptOutcome.Misconfigured && entry.Failures + 1 >= MostFailures(entry, command);

    // Content that the upstream fails at must not hold up its line for ever where anybody can send it.
    private static int MostFailures(LineEntry entry, EndDelivery command)
    {
        var most = command.MaxAttempts > 0 ? command.MaxAttempts : int.MaxValue;
        return entry.Event.FromPublicKey && command.OthersAreAccepted && command.Report.Outcome == AttemptOutcome.InDoubt
            ? Math.Min(most, DeliveryPolicy.MostTriesFromPublicKey)
            : most;
    }

    private static SessionEvent GivenUp(EndDelivery command, AttemptResult result, bool inDoubt) => inDoubt
        ? new EventHeldInDoubt(command.Sequence, command.Attempt, result, EventCodes.AttemptsExhausted)
        : new EventQuarantined(command.Sequence, command.Attempt, result, EventCodes.AttemptsExhausted);
}
