namespace GuestSessions.Grains.Memory;

/// <summary>A guest in this silo's memory. All but <see cref="WasUsed"/> runs on the guest's own scheduler.</summary>
public interface IResident
{
    /// <summary>Where its turns run.</summary>
    TaskScheduler Home { get; }

    /// <summary>Whether it was called since this was last set to false.</summary>
    bool WasUsed { get; set; }

    /// <summary>Leaves memory if nothing of it is under way.</summary>
    /// <param name="isWaitingToo">Also when it has undelivered events: recovery brings it back when there is room.</param>
    bool TryLeave(bool isWaitingToo);
}
