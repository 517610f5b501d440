using GuestSessions.Core.Journal;

namespace GuestSessions.Storage;

/// <summary>One commit as a store read it.</summary>
public sealed record StoredRow(long Version, DateTimeOffset At, int Format, byte[] Payload);

/// <summary>A snapshot as a store keeps it.</summary>
/// <param name="Version">The version of the last commit it covers.</param>
public sealed record StoredSnapshot(long Version, int Format, byte[] Payload);

/// <summary>Everything a store holds of a guest that replay needs.</summary>
/// <param name="Head">The version of the guest's last commit; 0 for a guest never seen.</param>
/// <param name="Rows">The commits after the snapshot, by version.</param>
public sealed record StoredGuest(long Head, StoredSnapshot? Snapshot, IReadOnlyList<StoredRow> Rows);

/// <summary>A stretch of a guest's commits.</summary>
/// <param name="Head">The version of the guest's last commit; 0 for a guest never seen.</param>
/// <param name="Covered">
/// The version up to which a snapshot covers commits, so that they may be missing.
/// </param>
/// <param name="Rows">By version; fewer than asked for means these are the last.</param>
public sealed record StoredPage(long Head, long Covered, IReadOnlyList<StoredRow> Rows);

/// <summary>Where in a guest's rows some of its events are.</summary>
/// <param name="Oldest">Of the oldest row, <see cref="CommitPosition.Accepted"/>; null when there are none.</param>
/// <param name="Accepted">The rows that accepted them.</param>
/// <param name="Sent">The rows from the first that did anything with them to the one by which all had left the line.</param>
/// <param name="LateChanges">The versions of later rows about them.</param>
public sealed record StoredTrace(
    long? Oldest, VersionSpan Accepted, VersionSpan Sent, IReadOnlyList<long> LateChanges);
