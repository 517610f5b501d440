using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>
    /// Keeps an event that must not be sent as it is. It starts no session and adds no identifiers, because the
    /// upstream never sees it. It never fills the quarantine completely: a stranger's junk must not stop the guest's
    /// line.
    /// </summary>
    private static Decision<RecordOutcome> Quarantine(GuestSession session, RecordEvent command, string code)
    {
        var isFull = command.FromPublicKey
            ? !HasPublicCapacity(session, command.Event.Size) || !MayQuarantineUnsent(session, command.Event.Size)
            : session.SetAside.IsFullWith(command.Event.Size, session.Limits);
        if (isFull)
            return Nothing(new RecordOutcome(RecordDecision.Retry, Code: EventCodes.QuarantineFull));

        List<SessionEvent> events = [];
        if (session.Guest is null)
            events.Add(new GuestOpened(command.Guest, command.Now));
        var recorded = Recorded(session, command, number: 0, current: null, found: []);
        events.Add(recorded);
        events.Add(new EventQuarantinedUnsent(recorded.Sequence, code, command.Now));
        return new Decision<RecordOutcome>(
            events, new RecordOutcome(RecordDecision.Accepted, recorded.Sequence, OrderAt: recorded.OrderAt));
    }

    /// <summary>
    /// Whether one more event from a public key is accepted. All such events of a guest, in the line or set aside,
    /// have the same limit as its own set-aside events, because each of them may be set aside.
    /// </summary>
    private static bool HasPublicCapacity(GuestSession session, int size)
    {
        var (line, aside) = (session.Line.Public, session.SetAside.Public);
        return line.Events + aside.Events < session.Limits.SetAsideEvents
            && line.Bytes + aside.Bytes + size <= session.Limits.SetAsideBytes;
    }

    /// <summary>
    /// Events from a public key that cannot be sent leave half of that limit to those that can: anybody can invent them, and they
    /// must not silence the browser whose id they name.
    /// </summary>
    private static bool MayQuarantineUnsent(GuestSession session, int size) =>
        session.SetAside.PublicUnsent.Events < session.Limits.SetAsideEvents / 2
        && session.SetAside.PublicUnsent.Bytes + size <= session.Limits.SetAsideBytes / 2;
}
