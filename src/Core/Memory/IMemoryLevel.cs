namespace GuestSessions.Core.Memory;

/// <summary>How much of its memory the process uses, so that events are rejected before the runtime fails.</summary>
public interface IMemoryLevel
{
    /// <summary>As of now; cheap enough to ask for every event.</summary>
    MemoryLevel Level { get; }
}

/// <summary>What there is memory for; each step includes those before it.</summary>
public enum MemoryLevel
{
    Free,

    /// <summary>Guests that rest leave memory.</summary>
    Tight,

    /// <summary>Events of backends are rejected, and guests that only wait to be delivered leave too.</summary>
    Scarce,

    /// <summary>All that can come again, and all that nobody sends again, is rejected.</summary>
    Full,
}
