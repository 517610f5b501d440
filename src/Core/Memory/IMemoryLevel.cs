namespace GuestSessions.Core.Memory;

/// <summary>How much of its memory the process uses, so that events are rejected before the runtime fails.</summary>
public interface IMemoryLevel
{
    /// <summary>The current level. Cheap enough to read for every event.</summary>
    MemoryLevel Level { get; }
}

/// <summary>How full memory is. Each level includes the measures of those before it.</summary>
public enum MemoryLevel
{
    Free,

    /// <summary>Idle guests leave memory.</summary>
    Tight,

    /// <summary>
    /// Events from backends are rejected, and guests whose events only wait for delivery leave memory too.
    /// </summary>
    Scarce,

    /// <summary>SDK events, which nobody sends again, and reads are rejected too.</summary>
    Full,
}
