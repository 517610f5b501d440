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

    /// <summary>Reads work, events are rejected: space is scarce, or commits fail although the store answers.</summary>
    LowOnSpace,

    /// <summary>The store does not answer in time, or refuses the request.</summary>
    Unavailable,

    /// <summary>No silo that knows the state can be reached.</summary>
    Unknown,
}
