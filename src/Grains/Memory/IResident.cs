namespace GuestSessions.Grains.Memory;

/// <summary>
/// A guest in this silo's memory. All members except <see cref="WasUsed"/> run on the guest's own scheduler.
/// </summary>
public interface IResident
{
    /// <summary>The scheduler that runs the guest's turns.</summary>
    TaskScheduler Home { get; }

    /// <summary>Whether the guest was called since this was last set to false.</summary>
    bool WasUsed { get; set; }

    /// <summary>Leaves memory if no work of the guest is in progress.</summary>
    /// <param name="isWaitingToo">
    /// Whether to leave even with undelivered events. Recovery brings the guest back when memory allows.
    /// </param>
    bool TryLeave(bool isWaitingToo);
}
