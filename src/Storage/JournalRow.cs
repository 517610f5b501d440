using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;

namespace GuestSessions.Storage;

/// <summary>One commit as a store writes it.</summary>
/// <param name="Entry">What is to be written.</param>
/// <param name="Format">The number of the format of <paramref name="Payload"/>.</param>
/// <param name="Payload">The entry's events, after the commits that the head kept; empty when the head keeps the entry.</param>
/// <param name="Kept">What the head keeps after the entry; empty when the entry is a row of the journal.</param>
/// <param name="Terms">Hashed search terms. Indexing one twice changes nothing.</param>
public sealed record JournalRow(JournalEntry Entry, int Format, byte[] Payload, byte[] Kept, IReadOnlyList<UInt128> Terms)
{
    // The bytes of a row beside its payload: keys, numbers and the head row.
    private const int Overhead = 128;

    public GuestKey Guest => Entry.Guest;

    /// <summary>Whether the head keeps the commit, so that the journal gets no row.</summary>
    public bool IsKept => Kept.Length > 0;

    /// <summary>The guest id that the caller chose; kept on the head.</summary>
    public string Name => Entry.Name;

    /// <summary>The guest's version after this commit; 1 for the first.</summary>
    public long Version => Entry.Version;

    public DateTimeOffset At => Entry.At;

    /// <summary>Whether the guest has undelivered events after this commit; kept on the head.</summary>
    public bool Pending => Entry.Pending;

    /// <summary>What the lists show of the guest after this commit.</summary>
    public ListChanges Lists => Entry.Lists;

    /// <summary>The position of the commit among the guest's events.</summary>
    public CommitPosition Position => Entry.Position;

    /// <summary>Sequences of events that this commit changes late: see <see cref="CommitPosition.LateChanges"/>.</summary>
    public IReadOnlyList<long> LateChanges => Entry.LateChanges;

    /// <summary>The size that counts against the bounds of the group commit, in bytes.</summary>
    public int Size => Overhead + Payload.Length + Kept.Length + (Terms.Count * 32);

    /// <summary>
    /// Whether this may follow another row of its guest in one batch. It may not follow one that the head keeps, because it
    /// was made without it and would displace it. Only a stale activation makes such a row.
    /// </summary>
    public bool MayFollow(JournalRow previous) => Version == previous.Version + 1 && !previous.IsKept;
}
