namespace GuestSessions.Core.Journal;

/// <summary>Whether the journal can take more, so that ingest is refused before anything is decided.</summary>
public interface IJournalRoom
{
    /// <summary>As of now; cheap enough to ask for every event.</summary>
    JournalRoom Room { get; }
}

/// <summary>What the journal can take.</summary>
public enum JournalRoom
{
    Free,

    /// <summary>So much waits that the rest is kept for what must not be refused: outcomes of deliveries.</summary>
    Crowded,

    /// <summary>Space on the disk is below the floor; what is left is for outcomes.</summary>
    Full,

    /// <summary>The store failed just now.</summary>
    Failing,
}
