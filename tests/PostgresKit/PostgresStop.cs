namespace GuestSessions.PostgresKit;

/// <summary>How a server ends.</summary>
public enum PostgresStop
{
    /// <summary>Breaks connections off, rolls back and writes everything out.</summary>
    Fast,

    /// <summary>Breaks everything off at once; the next start recovers from the log, as after a power cut.</summary>
    Immediate,

    /// <summary>SIGKILL to the server's first process.</summary>
    Kill,
}
