using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Grains.Guests;

namespace GuestSessions.Simulation.Tests;

/// <summary>What Orleans does for a guest: counts its calls, and ends its activation between them.</summary>
/// <param name="ended">The next call needs another activation.</param>
/// <param name="home">Runs what comes from outside a call; null if outcomes come as calls, which can be lost.</param>
internal sealed class SimulatedActivation(Action<SimulatedActivation> ended, TaskScheduler? home) : IGuestActivation
{
    private readonly TaskCompletionSource _left = new();
    private int _calls;
    private bool _ends;

    public GuestRuntime Guest { get; set; } = null!;

    public TaskScheduler? Home => home;

    /// <summary>Completes when it has left memory. Its process has no other activation of the guest before.</summary>
    public Task Left => _left.Task;

    public async Task<T> DuringAsync<T>(Func<GuestRuntime, Task<T>> call)
    {
        _calls++;
        if (Guest.IsErased && !_ends)
            End(); // As the grain does: the next call sees whether the erasure was lifted.
        try
        {
            return await call(Guest);
        }
        finally
        {
            _calls--;
            LeaveIfIdle();
        }
    }

    /// <summary>Leaves memory if nothing of the guest is under way.</summary>
    public bool TryLeave(bool isWaitingToo)
    {
        if (_ends || _calls > 0 || !Guest.MayLeave(isWaitingToo))
            return false;
        End();
        return true;
    }

    public void KeepAlive(TimeSpan span)
    {
    }

    public void End()
    {
        _ends = true;
        ended(this);
        LeaveIfIdle();
    }

    private async Task LeaveAsync()
    {
        await Guest.LeaveAsync();
        _left.TrySetResult();
    }

    private void LeaveIfIdle()
    {
        // One that breaks while it is loaded is not there yet.
        if (!_ends || _calls > 0 || Guest is null)
            return;
        _ = LeaveAsync();
    }
}

/// <summary>What the journal and the memory of a process can take.</summary>
internal sealed class SimulatedCapacity : IJournalCapacity, IMemoryLevel
{
    public JournalCapacity Capacity { get; set; }

    public MemoryLevel Level { get; set; }

    public void Free() => (Capacity, Level) = (JournalCapacity.Free, MemoryLevel.Free);
}
