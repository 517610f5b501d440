namespace GuestSessions.Core.Sessions;

/// <summary>
/// The session's progress with its events. No value ever decreases, so that a search finds the commits of an event
/// among any number of them.
/// </summary>
public sealed partial class GuestSession
{
    /// <summary>The highest sequence of an event that changed after it was accepted.</summary>
    public long Reached { get; private set; }

    /// <summary>Every event up to this sequence has left the line once; a redrive does not change that.</summary>
    public long LeftLine { get; private set; }

    private void Trace(SessionEvent @event)
    {
        if (@event is IAboutEvent { Sequence: var sequence } and not EventRecorded && sequence > Reached)
            Reached = sequence;
        while (LeftLine < LastSequence && !Line.HasNeverLeft(LeftLine + 1))
            LeftLine++;
    }

    /// <param name="reached">
    /// Null in snapshots that were written before it was kept. A value that is too high only widens a search.
    /// </param>
    private void RestoreTrace(long? reached)
    {
        Reached = reached ?? LastSequence;
        LeftLine = Line.Entries
            .Where(static entry => entry.RedrivenAt is null)
            .Select(static entry => entry.Event.Sequence - 1)
            .DefaultIfEmpty(LastSequence)
            .Min();
    }
}
