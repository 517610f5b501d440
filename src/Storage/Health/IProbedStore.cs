namespace GuestSessions.Storage.Health;

/// <summary>A store that can tell whether it would take a write now.</summary>
public interface IProbedStore
{
    /// <summary>Completes when a write would not have to wait; changes nothing and costs no disk. One at a time.</summary>
    /// <exception cref="Exception">It would not be taken.</exception>
    Task ProbeAsync();
}
