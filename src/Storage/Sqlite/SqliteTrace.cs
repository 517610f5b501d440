using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Finds the commits of events by binary search over positions, and late changes in their own table.</summary>
internal static class SqliteTrace
{
    public static StoredTrace Read(SqliteSession session, GuestKey guest, long head, long first, long last) => new(
        Oldest(session, guest),
        new VersionSpan(
            LastBelow(session, guest, head, first, static position => position.Accepted),
            FirstFrom(session, guest, head, last, static position => position.Accepted)),
        new VersionSpan(
            LastBelow(session, guest, head, first, static position => position.Reached),
            FirstFrom(session, guest, head, last, static position => position.LeftLine)),
        session.Statement(SqliteSql.Trace["late-changes"])
            .With("guest", guest.Hash).With("first", first).With("last", last)
            .Read(static row => row.Int64(0)));

    private static long? Oldest(SqliteSession session, GuestKey guest) => session
        .Statement(SqliteSql.Trace["oldest"]).With("guest", guest.Hash)
        .Read(static row => (long?)row.Int64(0)).SingleOrDefault();

    /// <summary>The last version whose position is below a sequence; 0 when there is none.</summary>
    private static long LastBelow(
        SqliteSession session, GuestKey guest, long head, long sequence, Func<CommitPosition, long> of)
    {
        var (below, above) = (0L, head + 1);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            if (FirstPosition(session, guest, middle, above) is { } found && of(found.Position) < sequence)
                below = found.Version;
            else
                above = middle;
        }

        return below;
    }

    /// <summary>The first version whose position has reached a sequence; the head when there is none.</summary>
    private static long FirstFrom(
        SqliteSession session, GuestKey guest, long head, long sequence, Func<CommitPosition, long> of) =>
        FirstPosition(session, guest, LastBelow(session, guest, head, sequence, of) + 1, head + 1)?.Version ?? head;

    /// <summary>The first commit with a position, from one version on and below another.</summary>
    private static (long Version, CommitPosition Position)? FirstPosition(
        SqliteSession session, GuestKey guest, long from, long to) => session
        .Statement(SqliteSql.Trace["position"])
        .With("guest", guest.Hash).With("from", from).With("to", to)
        .Read(static row => ((long, CommitPosition)?)(
            row.Int64(0), new CommitPosition(row.Int64(1), row.Int64(2), row.Int64(3))))
        .SingleOrDefault();
}
