namespace GuestSessions.Core.Journal;

/// <summary>Whether the store works now, found out by asking it.</summary>
public interface IStoreHealth
{
    /// <summary>Asks the store; answers within a second whatever the store does, and never throws.</summary>
    Task<StoreState> CheckAsync();
}

/// <summary>What is known of the store; the better comes first.</summary>
public enum StoreState
{
    TakesWrites,

    /// <summary>Reads work and outcomes are written; events are refused.</summary>
    LowOnSpace,

    /// <summary>It does not answer in time, or refuses.</summary>
    Unavailable,

    /// <summary>Nobody who could tell can be reached.</summary>
    Unknown,
}
