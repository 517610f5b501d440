namespace GuestSessions.Core.Sessions;

/// <summary>
/// How far the session has come with its events. None of it ever goes back, so that a search finds the commits of an event
/// among any number of them.
/// </summary>
public sealed partial class GuestSession
{
    /// <summary>The highest sequence that anything was done with after it was accepted.</summary>
    public long Reached { get; private set; }

    /// <summary>Up to here every event has left the line once; a redrive does not undo it.</summary>
    public long Settled { get; private set; }

    private void Trace(SessionEvent @event)
    {
        if (@event is IAboutEvent { Sequence: var sequence } and not EventRecorded && sequence > Reached)
            Reached = sequence;
        while (Settled < LastSequence && !Line.HasNeverLeft(Settled + 1))
            Settled++;
    }

    /// <param name="reached">Null in snapshots from before it was kept: too high only makes a search wider.</param>
    private void RestoreTrace(long? reached)
    {
        Reached = reached ?? LastSequence;
        Settled = Line.Entries
            .Where(static entry => entry.RedrivenAt is null)
            .Select(static entry => entry.Event.Sequence - 1)
            .DefaultIfEmpty(LastSequence)
            .Min();
    }
}
