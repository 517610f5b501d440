namespace GuestSessions.Core.Journal;

/// <summary>Checks whether the store works now.</summary>
public interface IStoreHealth
{
    /// <summary>Probes the store. Returns within a second, whatever the store does, and never throws.</summary>
    Task<StoreState> CheckAsync();
}

/// <summary>The state of the store, the best first.</summary>
public enum StoreState
{
    TakesWrites,

    /// <summary>Reads work and outcomes are written; events are refused.</summary>
    LowOnSpace,

    /// <summary>It does not answer in time, or refuses.</summary>
    Unavailable,

    /// <summary>No silo that could tell can be reached.</summary>
    Unknown,
}
