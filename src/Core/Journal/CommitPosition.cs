using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Journal;

/// <summary>
/// The position of a commit among its guest's events. None of the three numbers ever decreases from one commit to the
/// next, so a binary search over the versions finds the commits of an event without an index over events.
/// </summary>
/// <param name="Accepted">Sequence of the last accepted event; 0 in commits that were written without a position.</param>
/// <param name="Reached">The highest sequence of an event that changed after it was accepted.</param>
/// <param name="LeftLine">Every event up to this sequence has left the line at least once.</param>
public readonly record struct CommitPosition(long Accepted, long Reached, long LeftLine)
{
    /// <param name="session">The session after the commit.</param>
    public static CommitPosition Of(GuestSession session) =>
        new(session.LastSequence, session.Reached, session.LeftLine);

    /// <summary>
    /// The sequences of events that a commit changes after they have left the line. The binary search does not find these
    /// commits, so the journal lists them separately. They are few: nearly all result from a person's act.
    /// </summary>
    /// <param name="leftLine">The position up to which events had left the line before the commit.</param>
    public static IReadOnlyList<long> LateChanges(IReadOnlyList<SessionEvent> events, long leftLine)
    {
        List<long>? late = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is IAboutEvent { Sequence: var sequence } && sequence <= leftLine
                && late?.Contains(sequence) is not true)
                (late ??= []).Add(sequence);
        }

        return late ?? (IReadOnlyList<long>)[];
    }
}
