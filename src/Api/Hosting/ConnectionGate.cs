using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Api.Hosting;

/// <summary>
/// Bounds the connections to one kind of listener, in total and per address. A caller that uses its connections keeps
/// them. If one address has too many, the gate closes the one that has been idle longest. If there are too many in total,
/// it closes the oldest that never carried a request, or else the longest idle one of the network that has the most.
/// </summary>
internal sealed class ConnectionGate(ArrivalOptions limits, TimeProvider time)
{
    /// <summary>A new connection has this long to begin its first request before another can displace it.</summary>
    public static readonly TimeSpan FirstRequest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionSlot> _slots = [];
    private readonly Dictionary<string, HashSet<ConnectionSlot>> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _networks = new(StringComparer.Ordinal);

    /// <summary>Connections that carried no request yet, the oldest first.</summary>
    private readonly LinkedList<ConnectionSlot> _unused = [];

    /// <param name="address">The client's address; null for a client that only the total bounds.</param>
    /// <param name="network">
    /// The network of the address, since one party may have many addresses in it; null as <paramref name="address"/>.
    /// </param>
    /// <param name="abort">Ends the connection.</param>
    /// <returns>Null when the bounds are reached and no connection can be closed.</returns>
    public ConnectionSlot? Enter(string? address, string? network, Action abort)
    {
        var slot = new ConnectionSlot(this, address, network, abort, time);
        ConnectionSlot? victim = null;
        lock (_lock)
        {
            var own = address is null ? null : _addresses.GetValueOrDefault(address);
            var isCrowded = own?.Count >= limits.ConnectionsPerAddress;
            if (isCrowded || _slots.Count >= limits.Connections)
            {
                if ((victim = isCrowded ? IdlestOf(own!) : LeastUsed()) is null)
                    return null;
                Remove(victim);
            }

            Add(slot);
        }

        victim?.Abort();
        return slot;
    }

    public void Leave(ConnectionSlot slot)
    {
        lock (_lock)
            Remove(slot);
    }

    /// <summary>Records that the connection carries its first request.</summary>
    public void Use(ConnectionSlot slot)
    {
        lock (_lock)
            Used(slot);
    }

    /// <summary>Null when all are busy.</summary>
    private ConnectionSlot? LeastUsed() =>
        _unused.First?.Value is { IdleSince: { } since } oldest && time.GetElapsedTime(since) >= FirstRequest
            ? oldest
            : IdlestOf(_slots);

    /// <summary>The connection that has been idle longest, in the largest network that has an idle one.</summary>
    private ConnectionSlot? IdlestOf(HashSet<ConnectionSlot> slots)
    {
        ConnectionSlot? idlest = null;
        var (crowd, idleSince) = (0, 0L);
        foreach (var slot in slots)
        {
            if (slot.IdleSince is not { } since)
                continue;
            var size = SizeOf(slot.Network);
            if (idlest is null || size > crowd || (size == crowd && since < idleSince))
                (idlest, crowd, idleSince) = (slot, size, since);
        }

        return idlest;
    }

    /// <summary>A client without a network, which speaks for many others, counts as one connection.</summary>
    private int SizeOf(string? network) => network is null ? 1 : _networks[network];

    private void Add(ConnectionSlot slot)
    {
        _slots.Add(slot);
        slot.Unused = _unused.AddLast(slot);
        if (slot.Network is { } network)
            _networks[network] = _networks.GetValueOrDefault(network) + 1;
        if (slot.Address is not { } address)
            return;
        if (!_addresses.TryGetValue(address, out var own))
            _addresses.Add(address, own = []);
        own.Add(slot);
    }

    private void Remove(ConnectionSlot slot)
    {
        if (!_slots.Remove(slot))
            return;
        Used(slot);
        if (slot.Network is { } network && --_networks[network] == 0)
            _networks.Remove(network);
        if (slot.Address is { } address && _addresses[address] is var own && own.Remove(slot) && own.Count == 0)
            _addresses.Remove(address);
    }

    private void Used(ConnectionSlot slot)
    {
        if (slot.Unused is { } place)
            _unused.Remove(place);
        slot.Unused = null;
    }
}

/// <summary>One connection; also the feature with which its requests report that they use it.</summary>
internal sealed class ConnectionSlot(
    ConnectionGate gate, string? address, string? network, Action abort, TimeProvider time)
{
    private int _requests;
    private volatile bool _isUsed;
    private long _idleSince = time.GetTimestamp();

    public string? Address => address;
    public string? Network => network;

    /// <summary>Its place among the connections that carried no request; only the gate changes it.</summary>
    public LinkedListNode<ConnectionSlot>? Unused { get; set; }

    /// <summary>Null while a request is served.</summary>
    public long? IdleSince => Volatile.Read(ref _requests) == 0 ? Volatile.Read(ref _idleSince) : null;

    public void Begin()
    {
        Interlocked.Increment(ref _requests);
        if (_isUsed)
            return;
        _isUsed = true;
        gate.Use(this);
    }

    public void End()
    {
        Volatile.Write(ref _idleSince, time.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }

    public void Abort() => abort();
}
