using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Journal;

/// <summary>
/// What a commit says of where it stands among a guest's events. All three never fall from one commit to the next, so the
/// commits of an event are found by halving, without an index over events.
/// </summary>
/// <param name="Accepted">Sequence of the event accepted last; 0 in commits from before marks were kept.</param>
/// <param name="Reached">The highest sequence that anything was done with after it was accepted.</param>
/// <param name="Settled">Up to here every event has left the line once.</param>
public readonly record struct HistoryMark(long Accepted, long Reached, long Settled)
{
    /// <param name="session">As it stands after the commit.</param>
    public static HistoryMark Of(GuestSession session) =>
        new(session.LastSequence, session.Reached, session.Settled);

    /// <summary>
    /// The events that a commit comes back to after they had left the line: those that no search finds, so the journal
    /// keeps a note of them. They are few; a person's act is behind nearly all.
    /// </summary>
    /// <param name="settled">How far events had settled before the commit.</param>
    public static IReadOnlyList<long> Revisited(IReadOnlyList<SessionEvent> events, long settled)
    {
        List<long>? revisited = null;
        foreach (var @event in events)
        {
            if (@event is IAboutEvent { Sequence: var sequence } && sequence <= settled
                && revisited?.Contains(sequence) is not true)
                (revisited ??= []).Add(sequence);
        }

        return revisited ?? (IReadOnlyList<long>)[];
    }
}
