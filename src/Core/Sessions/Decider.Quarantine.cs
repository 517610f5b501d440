namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    public const string QuarantineFull = "quarantine_full";

    /// <summary>
    /// Keeps an event that must not be sent as it is. It begins no session and names nobody, because the upstream never
    /// sees it, and it never fills the quarantine up: a stranger's junk must not stop the guest's line.
    /// </summary>
    private static Decision<RecordOutcome> Quarantine(GuestSession session, RecordEvent command, string code)
    {
        if (session.SetAside.IsFullWith(command.Event.Size, session.Limits))
            return Nothing(new RecordOutcome(RecordVerdict.Retry, Code: QuarantineFull));

        List<SessionEvent> events = [];
        if (session.Guest is null)
            events.Add(new GuestOpened(command.Guest, command.Now));
        var recorded = Recorded(session, command, number: 0, current: null);
        events.Add(recorded);
        events.Add(new EventQuarantinedUnsent(recorded.Sequence, code, command.Now));
        return new Decision<RecordOutcome>(
            events, new RecordOutcome(RecordVerdict.Accepted, recorded.Sequence, OrderAt: recorded.OrderAt));
    }
}
