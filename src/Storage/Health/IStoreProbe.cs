namespace GuestSessions.Storage.Health;

/// <summary>Asks a store whether it would take a write now.</summary>
public interface IStoreProbe
{
    /// <summary>
    /// Completes when a write would not have to wait. It changes nothing and writes nothing to disk. Never called
    /// concurrently.
    /// </summary>
    /// <exception cref="Exception">The store would not take a write.</exception>
    Task ProbeAsync();
}
