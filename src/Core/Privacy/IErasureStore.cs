using GuestSessions.Core.Guests;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Privacy;

/// <summary>
/// Erases guests from the store, and remembers who was erased. Implemented beside the journal, over the same store. Every call
/// can be repeated.
/// </summary>
public interface IErasureStore
{
    /// <summary>
    /// Writes the tombstone of a guest in one transaction, which is on disk when the task completes: the head advances and is
    /// blanked, which fences every activation of the guest. From then on the guest is in no list and in no search.
    /// </summary>
    /// <returns>False when the head is at another version. Nothing was changed then.</returns>
    Task<bool> EraseAsync(GuestTombstone tombstone, CancellationToken cancellation);

    /// <summary>Returns the tombstone of a guest; null when the guest is not erased.</summary>
    Task<ErasedGuest?> ReadAsync(GuestKey guest, CancellationToken cancellation);

    /// <summary>
    /// Deletes or blanks every row of guests that have a tombstone: commits, snapshots, search terms, set-aside events,
    /// rejections; names of browser owners, texts of the audit, items of operations.
    /// </summary>
    /// <returns>What was still there.</returns>
    Task<ErasureCounts> ClearAsync(IReadOnlyList<ErasedRows> guests, CancellationToken cancellation);

    /// <summary>Whether any of these hashed search terms belongs to an erased guest.</summary>
    Task<bool> AreErasedAsync(IReadOnlyList<UInt128> terms, CancellationToken cancellation);

    /// <summary>Whether the store has any tombstone that names search terms.</summary>
    Task<bool> HasErasedAsync(CancellationToken cancellation);

    /// <summary>Takes the tombstones of a guest and of its browsers away. The guest starts anew with its next event.</summary>
    /// <param name="name">The guest id, which the store no longer has.</param>
    /// <returns>False when the guest is not erased.</returns>
    Task<bool> LiftAsync(GuestKey guest, string name, PersonAct act, CancellationToken cancellation);

    /// <summary>Makes the store give up the bytes of rows that were deleted, as far as it can now.</summary>
    Task<StorageRemains> CompactAsync(CancellationToken cancellation);
}

/// <summary>What the tombstone of one guest is written with.</summary>
/// <param name="Version">The version of the guest's head. The tombstone is the version after it.</param>
/// <param name="Of">The guest that is erased: this one, or the one that this browser is linked to.</param>
/// <param name="Operation">The id of the operation.</param>
/// <param name="Act">Who erases the guest, when and why.</param>
/// <param name="Terms">Hashed identifiers and browser ids, whose late events are rejected.</param>
/// <param name="HandOff">Lines of the file for the upstream; empty for none.</param>
/// <param name="HandOffUntil">When the file is deleted.</param>
/// <param name="Standing">What the guest had at that moment.</param>
public sealed record GuestTombstone(
    GuestKey Guest, long Version, UInt128 Of, string Operation, PersonAct Act, IReadOnlyList<UInt128> Terms,
    byte[] HandOff, DateTimeOffset HandOffUntil, ErasedStanding Standing);

/// <summary>A guest that is erased.</summary>
/// <param name="Operation">The id of the operation that erased it.</param>
public sealed record ErasedGuest(string Operation, DateTimeOffset At, ErasedStanding Standing);

/// <summary>What a guest had when it was erased, without any value.</summary>
/// <param name="Events">Number of events that it ever accepted.</param>
/// <param name="Undelivered">Events that waited. They were never sent afterwards.</param>
/// <param name="SetAside">Quarantined and in-doubt events.</param>
/// <param name="InDoubt">Those that may have arrived upstream.</param>
/// <param name="Sending">The event that was on its way upstream; null if there was none.</param>
public readonly record struct ErasedStanding(
    long Events, int Undelivered, int SetAside, int InDoubt, EventOnItsWay? Sending);

/// <summary>An event whose request had left, or was about to leave, when its guest was erased.</summary>
public sealed record EventOnItsWay(long Sequence, string Type, int Attempt);

/// <summary>The names under which rows of an erased guest are found.</summary>
/// <param name="Name">The guest id; items of operations name the guest by it.</param>
/// <param name="Rejections">The hash under which its rejections are found.</param>
public sealed record ErasedRows(GuestKey Guest, string Name, UInt128 Rejections);
