using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;

namespace GuestSessions.Storage;

/// <summary>One commit as a store writes it.</summary>
public sealed record JournalRow
{
    // The bytes of a row beside its payload: keys, numbers and the head row.
    private const int Overhead = 128;

    public required GuestKey Guest { get; init; }

    /// <summary>The guest id that the caller chose; kept on the head.</summary>
    public required string Name { get; init; }

    /// <summary>The guest's version after this commit; 1 for the first.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The number of the format of <see cref="Payload"/>.</summary>
    public required int Format { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>Whether the guest has undelivered events after this commit; kept on the head.</summary>
    public required bool Pending { get; init; }

    /// <summary>Hashed search terms. Indexing one twice changes nothing.</summary>
    public IReadOnlyList<UInt128> Terms { get; init; } = [];

    /// <summary>What the lists show of the guest after this commit.</summary>
    public ListChanges Lists { get; init; } = ListChanges.None;

    /// <summary>The position of the commit among the guest's events.</summary>
    public CommitPosition Position { get; init; }

    /// <summary>Sequences of events that this commit changes late: see <see cref="CommitPosition.LateChanges"/>.</summary>
    public IReadOnlyList<long> LateChanges { get; init; } = [];

    /// <summary>The size that counts against the bounds of the group commit, in bytes.</summary>
    public int Size => Overhead + Payload.Length + (Terms.Count * 32);
}
