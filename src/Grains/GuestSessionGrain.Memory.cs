using GuestSessions.Core.Memory;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Memory;

namespace GuestSessions.Grains;

/// <summary>How long a guest stays in memory. It leaves between calls only, so no caller waits for another activation.</summary>
public sealed partial class GuestSessionGrain : IResident, IIncomingGrainCallFilter
{
    private static readonly RecordResult MemoryScarce = RetryIn(TimeSpan.FromSeconds(2), "memory");

    private LinkedListNode<IResident>? _place;
    private int _calls;
    private bool _wasUsed = true;
    private TaskScheduler _home = TaskScheduler.Default;

    TaskScheduler IResident.Home => _home;

    bool IResident.WasUsed
    {
        get => Volatile.Read(ref _wasUsed);
        set => Volatile.Write(ref _wasUsed, value);
    }

    /// <summary>Every call passes here.</summary>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        _calls++;
        Volatile.Write(ref _wasUsed, true);
        try
        {
            await context.Invoke();
        }
        finally
        {
            _calls--;
        }
    }

    bool IResident.TryLeave(bool isWaitingToo)
    {
        if (_place is null || _calls > 0 || !_door.IsIdle || _delivery.IsAtWork
            || (_door.State.IsPending && !isWaitingToo))
            return false;
        LeaveMemory();
        DeactivateOnIdle();
        return true;
    }

    private void EnterMemory()
    {
        _home = TaskScheduler.Current;
        _place = register.Enter(this);
    }

    private void LeaveMemory()
    {
        if (_place is { } place)
            register.Leave(place);
        _place = null;
    }

    /// <summary>
    /// Why there is no memory for an event, or null. A guest that is only here because of it leaves again.
    /// </summary>
    private RecordResult? NoMemoryAt(MemoryRoom least)
    {
        if (memory.Room < least)
            return null;
        if (_door.State.Guest is null)
            DeactivateOnIdle();
        return MemoryScarce;
    }
}
