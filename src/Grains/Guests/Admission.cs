using System.Diagnostics;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Memory;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains.Guests;

/// <summary>
/// Refuses ingest before anything is decided. A commit that is refused afterwards costs the activation its memory, and
/// outcomes of deliveries need the capacity that is left.
/// </summary>
internal sealed class Admission(SessionCommitter committer, GuestPorts ports, IGuestActivation activation)
{
    private static readonly RecordResult GuestBusy = RetryIn(TimeSpan.FromSeconds(1), "guest_busy");
    private static readonly RecordResult Overloaded = RetryIn(TimeSpan.FromSeconds(1), "overloaded");
    private static readonly RecordResult StorageFull = RetryIn(TimeSpan.FromSeconds(10), "storage_full");
    private static readonly RecordResult StorageFailing = RetryIn(TimeSpan.FromSeconds(1), "unavailable");
    private static readonly RecordResult MemoryScarce = RetryIn(TimeSpan.FromSeconds(2), "memory");

    /// <summary>Why nothing is accepted now; null when it is.</summary>
    public RecordResult? Refusal => RefusalFrom(MemoryLevel.Scarce);

    /// <summary>The same for an event that its caller sends only once: it is refused later than others.</summary>
    public RecordResult? RefusalOfLastChance => RefusalFrom(MemoryLevel.Full);

    public static RecordResult RetryIn(TimeSpan wait, string code) =>
        new(RecordStatus.Retry, Code: code, RetryAfter: wait);

    private RecordResult? RefusalFrom(MemoryLevel scarce)
    {
        if (ports.Memory.Level < scarce)
            return RefusalOfJournal;

        // A guest that is only here because of this event leaves again.
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
