using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Listing;

namespace GuestSessions.Storage;

/// <summary>One commit as a store writes it.</summary>
public sealed record JournalRow
{
    // What a row costs beside its payload: keys, numbers and the head row.
    private const int Overhead = 128;

    public required GuestKey Guest { get; init; }

    /// <summary>The guest id as the caller chose it; kept on the head.</summary>
    public required string Name { get; init; }

    /// <summary>The version this row makes, 1 for the first.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The number of the format <see cref="Payload"/> is written in.</summary>
    public required int Format { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>Whether the guest has undelivered events after this commit; kept on the head.</summary>
    public required bool Pending { get; init; }

    /// <summary>Hashed search terms; indexing one twice is harmless.</summary>
    public IReadOnlyList<UInt128> Terms { get; init; } = [];

    /// <summary>What the operator's lists show of the guest after this commit.</summary>
    public GuestListing Listing { get; init; } = GuestListing.None;

    public CommitPosition Position { get; init; }

    /// <summary>Sequences of events that this commit comes back to; see <see cref="CommitPosition.LateChanges"/>.</summary>
    public IReadOnlyList<long> LateChanges { get; init; } = [];

    /// <summary>What it counts against the bounds of the writer, in bytes.</summary>
    public int Size => Overhead + Payload.Length + (Terms.Count * 32);
}
