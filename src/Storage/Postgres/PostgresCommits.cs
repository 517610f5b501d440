using Npgsql;

namespace GuestSessions.Storage.Postgres;

/// <summary>Which commits of a guest are loaded.</summary>
/// <param name="Version">The one before the first of them.</param>
/// <param name="Since">None of them is in a partition from before this day.</param>
/// <param name="Today">The server's day.</param>
internal readonly record struct PostgresAfter(UInt128 Guest, long Version, DateOnly Since, DateOnly Today);

/// <summary>What the statement <c>load-commits</c> finds of a guest.</summary>
/// <param name="First">The row with the head.</param>
internal readonly record struct PostgresCommits(PostgresLine First, List<StoredRow> Commits)
{
    /// <summary>Reads the column <c>place</c> of a guest, counted from 1, and a line.</summary>
    public static (int Place, PostgresLine Line) Line(NpgsqlDataReader row) => (row.GetInt32(0), PostgresRows.Line(row, first: 1));

    /// <summary>Gives each guest its own of the lines, which are in the order of the guests.</summary>
    public static IReadOnlyList<PostgresCommits> Each(int guests, List<(int Place, PostgresLine Line)> lines)
    {
        var found = new PostgresCommits[guests];
        foreach (var (place, line) in lines)
        {
            if (line.Head != PostgresLine.NoHead)
                found[place - 1] = new PostgresCommits(line, []);
            else
                found[place - 1].Commits.Add(line.Commit);
        }

        return found;
    }
}
