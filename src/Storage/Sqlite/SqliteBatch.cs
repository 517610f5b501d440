using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Snapshots;

namespace GuestSessions.Storage.Sqlite;

/// <summary>
/// Writes a batch of commits with prepared statements of one row each, in one transaction. SQLite runs them faster than
/// one statement with many rows.
/// </summary>
internal static class SqliteBatch
{
    /// <param name="session">In a transaction that writes.</param>
    public static IReadOnlyList<AppendResult> Write(
        SqliteSession session, IReadOnlyList<JournalRow> rows, long commit)
    {
        var results = new AppendResult[rows.Count];
        GuestKey? fenced = null;
        for (var i = 0; i < results.Length; i++)
        {
            var isFirst = i == 0 || rows[i].Guest != rows[i - 1].Guest;
            var isWritten = rows[i].Guest != fenced && (isFirst || rows[i].MayFollow(rows[i - 1]))
                && TryMoveHead(session, rows[i], commit);
            if (!isWritten)
                fenced = rows[i].Guest;
            else if (!rows[i].IsKept)
                Insert(session, rows[i], commit);
            results[i] = isWritten ? AppendResult.Written : AppendResult.Fenced;
        }

        return results;
    }

    /// <summary>Stores snapshots.</summary>
    /// <param name="session">In a transaction that writes.</param>
    /// <returns>How many were newer than the stored ones.</returns>
    public static int Write(SqliteSession session, IReadOnlyList<SnapshotRow> rows) =>
        rows.Sum(row => session.Statement(SqliteSql.Journal["save-snapshot"])
            .With("guest", row.Guest.Hash)
            .With("version", row.Snapshot.Version)
            .With("format", row.Snapshot.Format)
            .With("payload", row.Snapshot.Payload)
            .Execute());

    public static IReadOnlyList<bool> ReadBack(
        SqliteSession session, IReadOnlyList<JournalRow> rows, long commit) => session.InTransaction(
        () => rows.Select(row => session.Statement(SqliteSql.Journal["read-back"])
            .With("guest", row.Guest.Hash)
            .With("version", row.Version)
            .With("commit", commit)
            .Read(static found => found.Int64(0) == 1).Single()).ToArray(),
        write: false);

    /// <summary>The fence: false unless the guest's head is at the version before the row's.</summary>
    private static bool TryMoveHead(SqliteSession session, JournalRow row, long commit) => row.Version == 1
        ? TryInsertHead(session, row, commit)
        : TryMoveHead(session.Statement(SqliteSql.Journal["move-head"]), row, commit)
            || TryMoveHead(session.Statement(SqliteSql.Journal["move-head-and-flags"]).With("name", row.Name), row, commit);

    private static bool TryInsertHead(SqliteSession session, JournalRow row, long commit) =>
        session.Statement(SqliteSql.Journal["insert-head"])
            .With("guest", row.Guest.Hash)
            .With("tenant", row.Guest.Tenant)
            .With("name", row.Name)
            .With("pending", row.Pending ? 1 : 0)
            .WithLists(row.Lists)
            .WithKept(row, commit)
            .Execute() == 1;

    private static bool TryMoveHead(SqliteStatement move, JournalRow row, long commit) => move
        .With("guest", row.Guest.Hash)
        .With("version", row.Version)
        .With("pending", row.Pending ? 1 : 0)
        .WithLists(row.Lists)
        .WithKept(row, commit)
        .Execute() == 1;

    private static SqliteStatement WithKept(this SqliteStatement head, JournalRow row, long commit) => head
        .With("kept", row.Kept)
        .With("kept_at", row.IsKept ? row.At.UtcTicks : 0)
        .With("kept_commit", row.IsKept ? commit : 0)
        .With("kept_format", row.Format);

    private static void Insert(SqliteSession session, JournalRow row, long commit)
    {
        session.Statement(SqliteSql.Journal["insert-commit"])
            .With("guest", row.Guest.Hash)
            .With("version", row.Version)
            .With("commit", commit)
            .With("at", row.At.UtcTicks)
            .With("format", row.Format)
            .With("payload", row.Payload)
            .With("accepted", row.Position.Accepted)
            .With("reached", row.Position.Reached)
            .With("left_line", row.Position.LeftLine)
            .Execute();

        SqliteListChanges.Write(session, row);
        foreach (var sequence in row.LateChanges)
        {
            session.Statement(SqliteSql.Journal["insert-late-change"])
                .With("guest", row.Guest.Hash)
                .With("sequence", sequence)
                .With("version", row.Version)
                .With("at", row.At.UtcTicks)
                .Execute();
        }

        foreach (var term in row.Terms)
        {
            session.Statement(SqliteSql.Journal["insert-term"])
                .With("hash", term)
                .With("guest", row.Guest.Hash)
                .Execute();
        }
    }
}
