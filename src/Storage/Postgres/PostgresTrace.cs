using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>How events are found among the rows: what a batch writes for it, and what a search answers.</summary>
internal static class PostgresTrace
{
    private const int Oldest = 0;
    private const int Revisit = 5;

    /// <summary>Binds the marks of rows, and what they come back to.</summary>
    public static NpgsqlCommand WithMarks(this NpgsqlCommand command, IReadOnlyList<JournalRow> rows)
    {
        var revisits = rows
            .SelectMany(static row => row.LateChanges.Select(sequence => (Row: row, Sequence: sequence)))
            .ToList();
        return command
            .With(rows.Select(static row => row.Position.Accepted).ToArray())
            .With(rows.Select(static row => row.Position.Reached).ToArray())
            .With(rows.Select(static row => row.Position.Settled).ToArray())
            .With(revisits.Select(static revisit => PostgresHash.ToGuid(revisit.Row.Guest.Hash)).ToArray())
            .With(revisits.Select(static revisit => revisit.Sequence).ToArray())
            .With(revisits.Select(static revisit => revisit.Row.Version).ToArray())
            .With(revisits.Select(static revisit => revisit.Row.At.UtcTicks).ToArray());
    }

    /// <summary>Reads the columns <c>kind, value</c>, of which the value may be NULL.</summary>
    public static (int Kind, long? Value) Line(NpgsqlDataReader row) =>
        (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt64(1));

    public static StoredTrace Of(IReadOnlyList<(int Kind, long? Value)> lines)
    {
        return new StoredTrace(
            lines.Single(static line => line.Kind == Oldest).Value,
            new VersionSpan(Version(1), Version(2)),
            new VersionSpan(Version(3), Version(4)),
            [.. lines.Where(static line => line.Kind == Revisit).Select(static line => line.Value!.Value)]);

        long Version(int kind) => lines.Single(line => line.Kind == kind).Value!.Value;
    }
}
