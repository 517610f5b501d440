using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Events;
using GuestSessions.Storage.Sql;

namespace GuestSessions.Storage.Sqlite;

/// <summary>The rows of the journal by their number, which counts up.</summary>
/// <param name="length">The length of a stretch. <value>4,000 rows, a few milliseconds</value></param>
internal sealed class SqliteEvents(SqliteConnections connections, int length = 4_000) : IEventRows
{
    public Task<StoredStretch> ReadAsync(string tenant, byte[] bytes, JournalPlace? before, CancellationToken cancellation) =>
        connections.ReadTogetherAsync(session => Read(session, tenant, bytes, before?.Position ?? long.MaxValue), cancellation);

    private StoredStretch Read(SqliteSession session, string tenant, byte[] bytes, long before)
    {
        if (Edge(session, SqliteSql.Journal["last-row"], before) is not { } last)
            return new StoredStretch([], null, null);
        var first = Math.Max(0, last.Id - length + 1);
        var found = session.Statement(SqliteSql.Journal["stretch"])
            .With("first", first).With("last", last.Id).With("tenant", tenant).With("bytes", bytes)
            .Read(static row => new NamedRow(new GuestKey(row.Text(5), row.Hash(4)), row.Text(6), SqliteRows.Commit(row)));
        return new StoredStretch(
            found,
            Edge(session, SqliteSql.Journal["first-row"], first)?.At,
            Edge(session, SqliteSql.Journal["last-row"], first) is null ? null : new JournalPlace(DateOnly.MinValue, first));
    }

    private static (long Id, DateTimeOffset At)? Edge(SqliteSession session, SqlStatement statement, long place) =>
        session.Statement(statement).With("place", place)
            .Read(static row => ((long, DateTimeOffset)?)(row.Int64(0), new DateTimeOffset(row.Int64(1), TimeSpan.Zero)))
            .SingleOrDefault();
}
