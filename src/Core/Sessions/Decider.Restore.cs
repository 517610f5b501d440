using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

public static partial class Decider
{
    /// <summary>
    /// After a restore from a backup: an event that waits in it may have been delivered since. What its type allows to send
    /// again stays in the line, marked; the rest is held in doubt. An open start is left to its takeover. Deciding it twice
    /// changes nothing. The result is how many events are in doubt or marked.
    /// </summary>
    /// <param name="restoredAt">When the store was restored. Events that came later are not concerned.</param>
    public static Decision<int> Restore(
        GuestSession session, DateTimeOffset restoredAt, Func<string, InDoubtPolicy> policy, DateTimeOffset now)
    {
        List<SessionEvent> events = [];
        foreach (var entry in session.Line.Entries)
        {
            var sequence = entry.Event.Sequence;
            if ((entry.RedrivenAt ?? entry.Event.ReceivedAt) >= restoredAt || session.Open?.Sequence == sequence)
                continue;
            if (!MayBeSentAgain(session, entry, policy(entry.Event.Type), now))
                events.Add(new EventExpired(sequence, now, EventCodes.Restored, InDoubt: true));
            else if (!entry.PossiblyDuplicate)
                events.Add(new EventRestored(sequence, now));
        }

        return new Decision<int>(events, events.Count);
    }

    private static bool MayBeSentAgain(GuestSession session, LineEntry entry, InDoubtPolicy policy, DateTimeOffset now) =>
        policy switch
        {
            InDoubtPolicy.Resend => true,
            InDoubtPolicy.ResendWhileSessionOpen => session.Sessions.Find(entry.Event.Session)?.IsOpen(now) ?? false,
            _ => false,
        };
}
