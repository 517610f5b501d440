using GuestSessions.Core.Guests;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Reads rows of the journal.</summary>
internal static class PostgresRows
{
    /// <summary>Reads the columns <c>guest, tenant</c>.</summary>
    public static GuestKey Guest(NpgsqlDataReader row) => Guest(row, first: 0);

    /// <param name="first">The place of the two columns.</param>
    public static GuestKey Guest(NpgsqlDataReader row, int first) =>
        new(row.GetString(first + 1), PostgresHash.FromGuid(row.GetGuid(first)));

    /// <summary>
    /// Reads the columns <c>head, version, at, format, payload</c>, of which some are NULL in some rows.
    /// </summary>
    public static PostgresLine Line(NpgsqlDataReader row) => Line(row, first: 0);

    /// <param name="first">The place of the five columns.</param>
    public static PostgresLine Line(NpgsqlDataReader row, int first) => new(
        row.IsDBNull(first) ? PostgresLine.NoHead : row.GetInt64(first),
        row.IsDBNull(first + 1) ? 0 : row.GetInt64(first + 1),
        row.IsDBNull(first + 2) ? 0 : row.GetInt64(first + 2),
        row.IsDBNull(first + 3) ? 0 : row.GetInt32(first + 3),
        row.IsDBNull(first + 4) ? null : row.GetFieldValue<byte[]>(first + 4));

    /// <summary>Reads the columns <c>version, at, format, payload</c>.</summary>
    public static StoredRow Commit(NpgsqlDataReader row) => new(
        row.GetInt64(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetInt32(2),
        row.GetFieldValue<byte[]>(3));

    /// <summary>Separates the first row, which is the head, from the rows of the journal.</summary>
    public static (PostgresLine First, List<StoredRow> Commits) Split(List<PostgresLine> lines) => (
        lines.Single(line => line.Head != PostgresLine.NoHead),
        [.. lines.Where(static line => line.Head == PostgresLine.NoHead).Select(static line => line.Commit)]);
}

/// <summary>A row of a query whose first row has the head and the snapshot, and whose other rows are commits.</summary>
internal readonly record struct PostgresLine(long Head, long Version, long At, int Format, byte[]? Payload)
{
    public const long NoHead = -1;

    /// <summary>What the first row says that the head keeps.</summary>
    public StoredKept Kept => new(Format, Payload!);

    /// <summary>What any other row says.</summary>
    public StoredRow Commit => new(Version, new DateTimeOffset(At, TimeSpan.Zero), Format, Payload!);
}
