using System.Collections.Concurrent;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Memory;
using Microsoft.Extensions.Options;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// The guests in this silo's memory by their keys. It only shortens the way to an activation: if that one is stale, the journal
/// fences it, as it would after a grain call.
/// </summary>
public sealed class LocalGuests(IOptions<SessionsOptions> options, TimeProvider time) : ILocalGuests
{
    /// <summary>
    /// Orleans deactivates a guest that no grain call has used for the idle age. So a guest that is used without them gets one in each
    /// quarter of it.
    /// </summary>
    private readonly TimeSpan _withoutCall = options.Value.Memory.IdleAge / 4;

    private readonly ConcurrentDictionary<GuestKey, LocalGuest> _guests = [];

    public ValueTask<RecordAnswer?> TryRecordAsync(GuestKey key, RecordRequest request)
    {
        // A traced request takes the way that its trace shows.
        if (request.TraceParent is not null || !_guests.TryGetValue(key, out var guest)
            || time.GetElapsedTime(guest.CalledAt) > _withoutCall)
            return default;
        guest.Residence.WasUsed = true;
        return guest.Runtime.TryRecordAsync(request);
    }

    internal LocalGuest Enter(GuestKey key, GuestRuntime runtime, IResident residence)
    {
        var guest = new LocalGuest(runtime, residence);
        Called(guest);
        return _guests[key] = guest;
    }

    /// <summary>Notes a grain call.</summary>
    internal void Called(LocalGuest guest) => guest.CalledAt = time.GetTimestamp();

    /// <summary>Removes a guest. Does nothing if it has already left.</summary>
    internal void Leave(GuestKey key, LocalGuest guest) => _guests.TryRemove(new KeyValuePair<GuestKey, LocalGuest>(key, guest));
}

/// <summary>A guest in this silo's memory.</summary>
internal sealed class LocalGuest(GuestRuntime runtime, IResident residence)
{
    private long _calledAt;

    public GuestRuntime Runtime => runtime;

    public IResident Residence => residence;

    /// <summary>Timestamp of its last grain call.</summary>
    public long CalledAt
    {
        get => Volatile.Read(ref _calledAt);
        set => Volatile.Write(ref _calledAt, value);
    }
}
