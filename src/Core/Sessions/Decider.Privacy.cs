using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    private static readonly Violation NoConsent = new(
        EventCodes.NoConsent, "", "The guest's consent is denied: the event was dropped, and nothing of it is kept.");

    /// <summary>Changes the guest's consent. The result is how many waiting events were dropped.</summary>
    public static Decision<int> ChangeConsent(GuestSession session, ChangeConsent command)
    {
        if (session.ConsentDenied is not null == command.Denied)
            return Nothing(0);
        List<SessionEvent> events = Opening(session, command.Guest, command.Act.At);
        events.Add(new ConsentChanged(command.Denied, command.Act));
        if (!command.Denied || !command.DropsWaiting)
            return new Decision<int>(events, 0);
        List<EventDropped> dropped = [.. session.Line.Entries
            .Where(entry => entry.Event.Sequence != session.Open?.Sequence)
            .Select(entry => new EventDropped(entry.Event.Sequence, EventCodes.NoConsent, command.Act.At))];
        return new Decision<int>([.. events, .. dropped], dropped.Count);
    }

    /// <summary>
    /// Erases the body of an event. An event that waits or is set aside is dropped; one that is on its way cannot be blanked
    /// before its outcome.
    /// </summary>
    public static Decision<ActDecision> Blank(GuestSession session, long sequence, string eventId, PersonAct act) =>
        session.Open?.Sequence == sequence
            ? Nothing(ActDecision.WrongState)
            : new([new EventBlanked(sequence, act, eventId)], ActDecision.Done);

    /// <summary>Gives a receipt to an event that is dropped because consent is denied, and keeps nothing else of it.</summary>
    private static Decision<RecordOutcome> Drop(GuestSession session, RecordEvent command)
    {
        var events = Opening(session, command.Guest, command.Now);
        var recorded = Blanked.Of(Recorded(session, command, number: 0, current: null, found: [])) with
        {
            Warnings = EventWarning.Of([NoConsent]),
        };
        events.Add(recorded);
        events.Add(new EventDropped(recorded.Sequence, EventCodes.NoConsent, command.Now));
        return new Decision<RecordOutcome>(events, new RecordOutcome(
            RecordDecision.Accepted, recorded.Sequence, OrderAt: recorded.OrderAt, Found: [NoConsent]));
    }
}

/// <summary>Deny the guest's consent, or grant it again.</summary>
/// <param name="Guest">The guest id, recorded when this is the guest's first event.</param>
/// <param name="DropsWaiting">Whether events that wait are dropped when consent is denied.</param>
public sealed record ChangeConsent(string Guest, bool Denied, bool DropsWaiting, PersonAct Act);
