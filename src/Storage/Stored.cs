using GuestSessions.Core.Journal;

namespace GuestSessions.Storage;

/// <summary>One row as a store reads it: a commit, after those before it that the head had kept.</summary>
/// <param name="Version">The version of the last commit.</param>
/// <param name="At">When the last commit was made.</param>
public sealed record StoredRow(long Version, DateTimeOffset At, int Format, byte[] Payload);

/// <summary>The commits that a head keeps.</summary>
public sealed record StoredKept(int Format, byte[] Payload)
{
    public static StoredKept None { get; } = new(1, []);
}

/// <summary>A snapshot as a store keeps it.</summary>
/// <param name="Version">The version of the last commit it covers.</param>
public sealed record StoredSnapshot(long Version, int Format, byte[] Payload);

/// <summary>What rebuilds the state of a guest.</summary>
/// <param name="Head">The version of the guest's last commit; 0 for an unknown guest.</param>
/// <param name="Kept">The last commits, up to the head, which are in no row yet.</param>
/// <param name="Rows">The rows after the snapshot, by version.</param>
public sealed record StoredGuest(
    long Head, StoredKept Kept, StoredSnapshot? Snapshot, IReadOnlyList<StoredRow> Rows)
{
    /// <summary>Nothing at or below this version exists, because the guest was erased there; 0 if it never was.</summary>
    public long Floor { get; init; }

    /// <summary>Whether the head is a tombstone.</summary>
    public bool IsErased { get; init; }
}

/// <summary>A page of a guest's commits.</summary>
/// <param name="Head">The version of the guest's last commit; 0 for an unknown guest.</param>
/// <param name="Covered">The version up to which commits may be missing: a snapshot covers them, or they were erased.</param>
/// <param name="Kept">The last commits, up to the head, which are in no row yet.</param>
/// <param name="Rows">By version; fewer than the limit when these are the last.</param>
public sealed record StoredPage(long Head, long Covered, StoredKept Kept, IReadOnlyList<StoredRow> Rows);

/// <summary>Which rows of a guest are about some of its events.</summary>
/// <param name="Oldest"><see cref="CommitPosition.Accepted"/> of the oldest row; null when there are no rows.</param>
/// <param name="Accepted">The rows that accepted the events.</param>
/// <param name="Sent">The rows from the first that changed one of them to the one by which all had left the line.</param>
/// <param name="LateChanges">The versions of later rows that changed one of them.</param>
public sealed record StoredTrace(
    long? Oldest, VersionSpan Accepted, VersionSpan Sent, IReadOnlyList<long> LateChanges);

internal static class Stored
{
    /// <summary>A moment in ticks; 0 is none.</summary>
    public static DateTimeOffset? MomentOf(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
