using GuestSessions.Core.Options;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// The connections to one kind of listener, within bounds over all and for each address. Where there are too many, the one
/// that has been idle longest is closed, of the address that has the most: a caller that uses its connections keeps them.
/// </summary>
internal sealed class ConnectionGate(ArrivalOptions limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<ConnectionSeat>> _seats = new(StringComparer.Ordinal);
    private int _count;

    /// <param name="address">Whose it is; null for who is bounded with all others only.</param>
    /// <param name="abort">Ends the connection.</param>
    /// <returns>Null when there is no room for it.</returns>
    public ConnectionSeat? Enter(string? address, Action abort)
    {
        var seat = new ConnectionSeat(address ?? "", abort, time);
        ConnectionSeat? victim = null;
        lock (_lock)
        {
            if (IdleOf(Crowd(address)) is { IsFull: true } crowd)
            {
                if ((victim = crowd.Idle) is null)
                    return null;
                Remove(victim);
            }

            if (!_seats.TryGetValue(seat.Address, out var own))
                _seats.Add(seat.Address, own = []);
            own.Add(seat);
            _count++;
        }

        victim?.Abort();
        return seat;
    }

    public void Leave(ConnectionSeat seat)
    {
        lock (_lock)
            Remove(seat);
    }

    /// <summary>Those of whom one has to go before another may come from an address; null when none has to.</summary>
    private HashSet<ConnectionSeat>? Crowd(string? address)
    {
        if (address is not null && _seats.TryGetValue(address, out var own) && own.Count >= limits.ConnectionsPerAddress)
            return own;
        return _count < limits.Connections ? null : _seats.Values.MaxBy(static seats => seats.Count);
    }

    private static (bool IsFull, ConnectionSeat? Idle) IdleOf(HashSet<ConnectionSeat>? crowd)
    {
        ConnectionSeat? longest = null;
        foreach (var seat in crowd ?? [])
        {
            if (seat.IdleSince is { } since && !(since >= longest?.IdleSince))
                longest = seat;
        }

        return (crowd is not null, longest);
    }

    private void Remove(ConnectionSeat seat)
    {
        if (!_seats.TryGetValue(seat.Address, out var own) || !own.Remove(seat))
            return;
        _count--;
        if (own.Count == 0)
            _seats.Remove(seat.Address);
    }
}

/// <summary>One connection; also the feature by which its requests tell that they use it.</summary>
internal sealed class ConnectionSeat(string address, Action abort, TimeProvider time)
{
    private int _requests;
    private long _idleSince = time.GetTimestamp();

    public string Address => address;

    /// <summary>Null while a request is served.</summary>
    public long? IdleSince => Volatile.Read(ref _requests) == 0 ? Volatile.Read(ref _idleSince) : null;

    public void Begin() => Interlocked.Increment(ref _requests);

    public void End()
    {
        Volatile.Write(ref _idleSince, time.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }

    public void Abort() => abort();
}
