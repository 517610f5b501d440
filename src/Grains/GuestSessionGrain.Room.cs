using System.Diagnostics;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

/// <summary>
/// Refuses ingest before anything is decided. A commit that is refused afterwards costs the activation its memory; and
/// outcomes of deliveries need the room that is left.
/// </summary>
public sealed partial class GuestSessionGrain
{
    private static readonly RecordResult GuestBusy = RetryIn(TimeSpan.FromSeconds(1), "guest_busy");
    private static readonly RecordResult Overloaded = RetryIn(TimeSpan.FromSeconds(1), "overloaded");
    private static readonly RecordResult StorageFull = RetryIn(TimeSpan.FromSeconds(10), "storage_full");
    private static readonly RecordResult StorageFailing = RetryIn(TimeSpan.FromSeconds(1), "unavailable");

    /// <summary>Why nothing is taken now, or null.</summary>
    private RecordResult? NoRoom => NoMemoryAt(MemoryRoom.Scarce) ?? NoRoomInLine;

    /// <summary>The same for an event that nobody sends again.</summary>
    private RecordResult? NoRoomForLast => NoMemoryAt(MemoryRoom.Full) ?? NoRoomInLine;

    private RecordResult? NoRoomInLine => _door.IsBusy ? GuestBusy : capacity.Capacity switch
    {
        JournalCapacity.Free => null,
        JournalCapacity.Crowded => Overloaded,
        JournalCapacity.Full => StorageFull,
        JournalCapacity.Failing => StorageFailing,
        var unknown => throw new UnreachableException($"No answer for {unknown}."),
    };

    private static RecordResult RetryIn(TimeSpan wait, string code) =>
        new(RecordStatus.Retry, Code: code, RetryAfter: wait);
}
