namespace GuestSessions.Grains.Memory;

/// <summary>
/// Controls how long a guest stays in memory. A guest leaves only between calls, so no caller waits for a new activation.
/// </summary>
internal sealed class Residence(GuestRegister register, ILeaving guest) : IResident
{
    private LinkedListNode<IResident>? _place;
    private int _calls;
    private bool _wasUsed = true;

    public TaskScheduler Home { get; private set; } = TaskScheduler.Default;

    public bool WasUsed
    {
        get => Volatile.Read(ref _wasUsed);
        set => Volatile.Write(ref _wasUsed, value);
    }

    public void Enter()
    {
        Home = TaskScheduler.Current;
        _place = register.Enter(this);
    }

    public void Leave()
    {
        if (_place is { } place)
            register.Leave(place);
        _place = null;
    }

    /// <summary>Keeps the guest in memory while a call runs.</summary>
    /// <param name="call">The call, which has just begun.</param>
    public async Task<T> DuringAsync<T>(Task<T> call)
    {
        _calls++;
        WasUsed = true;
        try
        {
            return await call;
        }
        finally
        {
            _calls--;
        }
    }

    /// <inheritdoc cref="DuringAsync{T}(Task{T})"/>
    public async Task DuringAsync(Task call)
    {
        _calls++;
        WasUsed = true;
        try
        {
            await call;
        }
        finally
        {
            _calls--;
        }
    }

    public bool TryLeave(bool isWaitingToo)
    {
        if (_place is null || _calls > 0 || !guest.TryLeave(isWaitingToo))
            return false;
        Leave();
        return true;
    }
}

/// <summary>The activation of a guest that may leave memory.</summary>
internal interface ILeaving
{
    /// <summary>Ends the activation unless work of the guest is in progress. See <see cref="IResident.TryLeave"/>.</summary>
    bool TryLeave(bool isWaitingToo);
}
