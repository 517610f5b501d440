using GuestSessions.Core.Journal;
using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Reads the rows of the statement <c>trace</c>, which explains each kind.</summary>
internal static class PostgresTrace
{
    private const int Oldest = 0;
    private const int LateChange = 5;

    /// <summary>Reads the columns <c>kind, value</c>, of which the value may be NULL.</summary>
    public static (int Kind, long? Value) Line(NpgsqlDataReader row) =>
        (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt64(1));

    public static StoredTrace Of(IReadOnlyList<(int Kind, long? Value)> lines)
    {
        return new StoredTrace(
            lines.Single(static line => line.Kind == Oldest).Value,
            new VersionSpan(Version(1), Version(2)),
            new VersionSpan(Version(3), Version(4)),
            [.. lines.Where(static line => line.Kind == LateChange).Select(static line => line.Value!.Value)]);

        long Version(int kind) => lines.Single(line => line.Kind == kind).Value!.Value;
    }
}
