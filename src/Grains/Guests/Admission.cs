using System.Diagnostics;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Rejects ingest before anything is decided. A commit that fails later costs the activation its memory, and the outcomes of
/// deliveries need the remaining capacity.
/// </summary>
internal readonly struct Admission(SessionCommitter committer, GuestPorts ports, IGuestActivation activation)
{
    private static readonly RecordResult GuestBusy = RetryIn(TimeSpan.FromSeconds(1), EventCodes.GuestBusy);
    private static readonly RecordResult Overloaded = RetryIn(TimeSpan.FromSeconds(1), EventCodes.Overloaded);
    private static readonly RecordResult StorageFull = RetryIn(TimeSpan.FromSeconds(10), EventCodes.StorageFull);
    private static readonly RecordResult StorageFailing = RetryIn(TimeSpan.FromSeconds(1), EventCodes.Unavailable);
    private static readonly RecordResult MemoryScarce = RetryIn(TimeSpan.FromSeconds(2), EventCodes.Memory);

    /// <summary>Why the guest accepts no events now; null when it accepts them.</summary>
    public RecordResult? Refusal => RefusalFrom(MemoryLevel.Scarce);

    /// <summary>
    /// The same for an event that its caller sends only once. Such an event is rejected later than others.
    /// </summary>
    public RecordResult? RefusalOfLastChance => RefusalFrom(MemoryLevel.Full);

    public static RecordResult RetryIn(TimeSpan wait, string code) =>
        new(RecordStatus.Retry, Code: code, RetryAfter: wait);

    private RecordResult? RefusalFrom(MemoryLevel scarce)
    {
        if (ports.Memory.Level < scarce)
            return RefusalOfJournal;

        // A guest that is in memory only because of this event leaves again.
        if (committer.IsAtRest(static state => state.Guest is null))
            activation.End();
        return MemoryScarce;
    }

    private RecordResult? RefusalOfJournal => committer.IsBusy ? GuestBusy : ports.Capacity.Capacity switch
    {
        JournalCapacity.Free => null,
        JournalCapacity.Crowded => Overloaded,
        JournalCapacity.Full => StorageFull,
        JournalCapacity.Failing => StorageFailing,
        var unknown => throw new UnreachableException($"No answer for {unknown}."),
    };
}
