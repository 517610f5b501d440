namespace GuestSessions.Core.Journal;

/// <summary>Tells whether the journal takes more, so that ingest is rejected before anything is decided.</summary>
public interface IJournalCapacity
{
    /// <summary>The current capacity. Cheap enough to read for every event.</summary>
    JournalCapacity Capacity { get; }
}

/// <summary>Whether the journal takes more, and if not, why.</summary>
public enum JournalCapacity
{
    Free,

    /// <summary>
    /// Too many commits wait. The rest of the queue is reserved for commits that must not be rejected: outcomes.
    /// </summary>
    Crowded,

    /// <summary>Disk space is below the minimum. The rest is reserved for outcomes.</summary>
    Full,

    /// <summary>The last commit failed a moment ago.</summary>
    Failing,
}
