namespace GuestSessions.Core.Journal;

/// <summary>Tells whether the journal takes more, so that ingest is refused before anything is decided.</summary>
public interface IJournalCapacity
{
    /// <summary>The capacity now. Reading it costs little enough to do so for every event.</summary>
    JournalCapacity Capacity { get; }
}

/// <summary>Whether the journal takes more, and if not, why.</summary>
public enum JournalCapacity
{
    Free,

    /// <summary>Too many commits wait. The rest of the queue is kept for commits that must not be refused: outcomes.</summary>
    Crowded,

    /// <summary>Disk space is below the floor. What is left is kept for outcomes.</summary>
    Full,

    /// <summary>The last commit failed a moment ago.</summary>
    Failing,
}
