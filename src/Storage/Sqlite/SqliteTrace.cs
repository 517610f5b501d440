using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Sqlite;

/// <summary>Finds the rows about events: marks by halving, revisits by their own table.</summary>
internal static class SqliteTrace
{
    public static StoredTrace Read(SqliteSession session, GuestKey guest, long head, long first, long last) => new(
        Oldest(session, guest),
        new VersionSpan(
            LastBelow(session, guest, head, first, static mark => mark.Accepted),
            FirstFrom(session, guest, head, last, static mark => mark.Accepted)),
        new VersionSpan(
            LastBelow(session, guest, head, first, static mark => mark.Reached),
            FirstFrom(session, guest, head, last, static mark => mark.Settled)),
        session.Statement(SqlScript.ReadRevisits)
            .With("$guest", guest.Hash).With("$first", first).With("$last", last)
            .Read(static row => row.Int64(0)));

    private static long? Oldest(SqliteSession session, GuestKey guest) => session
        .Statement(SqlScript.ReadOldest).With("$guest", guest.Hash)
        .Read(static row => (long?)row.Int64(0)).SingleOrDefault();

    /// <summary>The last marked version whose mark is below a sequence; 0 when there is none.</summary>
    private static long LastBelow(
        SqliteSession session, GuestKey guest, long head, long sequence, Func<CommitPosition, long> of)
    {
        var (below, above) = (0L, head + 1);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            if (Mark(session, guest, middle, above) is { } found && of(found.Position) < sequence)
                below = found.Version;
            else
                above = middle;
        }

        return below;
    }

    /// <summary>The first marked version whose mark has reached a sequence; the head when there is none.</summary>
    private static long FirstFrom(
        SqliteSession session, GuestKey guest, long head, long sequence, Func<CommitPosition, long> of) =>
        Mark(session, guest, LastBelow(session, guest, head, sequence, of) + 1, head + 1)?.Version ?? head;

    /// <summary>The first mark from a version on and below another.</summary>
    private static (long Version, CommitPosition Position)? Mark(SqliteSession session, GuestKey guest, long from, long to) =>
        session.Statement(SqlScript.ReadMark)
            .With("$guest", guest.Hash).With("$from", from).With("$to", to)
            .Read(static row => ((long, CommitPosition)?)(
                row.Int64(0), new CommitPosition(row.Int64(1), row.Int64(2), row.Int64(3))))
            .SingleOrDefault();
}
