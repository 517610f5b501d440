using GuestSessions.Core.Journal;
using GuestSessions.Storage.Events;

namespace GuestSessions.Storage.Postgres;

/// <summary>
/// The rows of the journal by their place on the disk, which is about the order in which they arrived: partition by partition, and
/// block by block.
/// </summary>
/// <param name="blocks">The length of a stretch. <value>1,024 blocks of 8 KB, some 15 milliseconds</value></param>
/// <param name="most">Rows that one stretch returns. A shorter stretch is read where an id is as frequent as that.</param>
internal sealed class PostgresEvents(PostgresQueries queries, int blocks = 1024, int most = 500) : IEventRows
{
    public async Task<StoredStretch> ReadAsync(
        string tenant, byte[] bytes, JournalPlace? before, CancellationToken cancellation)
    {
        var newest = before?.Day ?? DateOnly.MaxValue;
        var left = (await queries.ReadAsync(
                PostgresSql.Journal["parts"], command => command.With("newest", newest),
                static row => new Part(
                    row.GetFieldValue<DateOnly>(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), row.GetDouble(3)),
                cancellation))
            .Select(part => part with { End = part.From == before?.Day ? Math.Min(part.End, before.Value.Position) : part.End })
            .Where(static part => part.End > 0)
            .ToList();
        if (left.Count == 0)
            return new StoredStretch([], null, null);

        var part = left[0];
        // Long payloads lie beside the blocks, and are read with them.
        for (var length = Math.Max(1, (long)(blocks / part.Weight)); ; length = Math.Max(1, length / 8))
        {
            var start = Math.Max(0, part.End - length);
            var found = await queries.ReadAsync(
                PostgresSql.Journal["stretch"],
                command => Between(command, part, start, part.End).With("tenant", tenant).With("bytes", bytes).With("most", most),
                static row => new NamedRow(PostgresRows.Guest(row, 4), row.GetString(6), PostgresRows.Commit(row)),
                cancellation);
            if (found.Count == most && length > 1)
                continue;
            var oldest = await queries.ReadAsync(
                PostgresSql.Journal["oldest"],
                command => Between(command, part, start, start + 1),
                static row => row.IsDBNull(0) ? (DateTimeOffset?)null : new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero),
                cancellation);
            return new StoredStretch(
                found,
                oldest.Single(),
                start > 0 ? new JournalPlace(part.From, start)
                : left.Count > 1 ? new JournalPlace(left[1].From, left[1].End)
                : null);
        }
    }

    private static PostgresCommand Between(PostgresCommand command, Part part, long first, long last) => command
        .With("from", part.From).With("to", part.To).With("first", $"({first},0)").With("last", $"({last},0)");

    /// <summary>A partition with the blocks that were not read yet.</summary>
    /// <param name="Weight">Its size with the long payloads, as a multiple of its blocks; at least 1.</param>
    private sealed record Part(DateOnly From, DateOnly To, long End, double Weight);
}
