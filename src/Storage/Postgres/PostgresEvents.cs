using GuestSessions.Core.Journal;
using GuestSessions.Storage.Events;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The rows of the journal by their place on the disk, which is about the order in which they arrived: partition by partition, and
/// block by block.
/// </summary>
/// <param name="blocks">The length of a stretch. <value>1,024 blocks of 8 KB, some 15 milliseconds</value></param>
internal sealed class PostgresEvents(PostgresQueries queries, int blocks = 1024) : IEventRows
{
    public async Task<StoredStretch> ReadAsync(
        string tenant, byte[] bytes, JournalPlace? before, CancellationToken cancellation)
    {
        var newest = before?.Day ?? DateOnly.MaxValue;
        var parts = await queries.ReadAsync(
            PostgresSql.Journal["parts"],
            command => command.With("newest", newest),
            static row => (From: row.GetFieldValue<DateOnly>(0), To: row.GetFieldValue<DateOnly>(1), Blocks: row.GetInt64(2)),
            cancellation);
        var left = parts
            .Select(part => part with { Blocks = part.From == before?.Day ? Math.Min(part.Blocks, before.Value.Position) : part.Blocks })
            .Where(static part => part.Blocks > 0)
            .ToList();
        if (left.Count == 0)
            return new StoredStretch([], null, null);

        var (from, to, end) = left[0];
        var start = Math.Max(0, end - blocks);
        PostgresCommand Bind(PostgresCommand command, long last) => command
            .With("from", from).With("to", to).With("first", Tid(start)).With("last", Tid(last));
        var found = await queries.ReadAsync(
            PostgresSql.Journal["stretch"],
            command => Bind(command, end).With("tenant", tenant).With("bytes", bytes),
            static row => new NamedRow(PostgresRows.Guest(row, 4), row.GetString(6), PostgresRows.Commit(row)),
            cancellation);
        var oldest = await queries.ReadAsync(
            PostgresSql.Journal["oldest"],
            command => Bind(command, start + 1),
            static row => row.IsDBNull(0) ? (DateTimeOffset?)null : new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
            cancellation);
        return new StoredStretch(
            found,
            oldest.Single(),
            start > 0 ? new JournalPlace(from, start)
            : left.Count > 1 ? new JournalPlace(left[1].From, left[1].Blocks)
            : null);
    }

    private static string Tid(long block) => $"({block},0)";
}
