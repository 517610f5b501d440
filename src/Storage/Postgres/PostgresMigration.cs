using System.Globalization;
using System.Text.RegularExpressions;

namespace GuestSessions.Storage.Postgres;

/// <summary>One numbered step of the schema: <c>Migrations/0001-journal.sql</c>.</summary>
/// <param name="Version">The version of the schema after it.</param>
/// <param name="MinimumReader">
/// The lowest version a binary may know and still work on the schema after it; in the file's first line.
/// </param>
internal sealed partial record PostgresMigration(int Version, int MinimumReader, string Sql)
{
    private const string Folder = "postgres/migrations/";

    /// <summary>All that this binary knows, in their order.</summary>
    public static IReadOnlyList<PostgresMigration> All { get; } =
        [.. EmbeddedSql.In(Folder).Select(name => Of(name[Folder.Length..], EmbeddedSql.Read(name)))];

    public static PostgresMigration Of(string name, string sql)
    {
        var readers = ReadersLine().Match(sql);
        if (!readers.Success)
            throw new FormatException($"{name}.sql does not begin with: -- Readers from version N on.");
        var number = name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal));
        return new PostgresMigration(
            int.Parse(number, CultureInfo.InvariantCulture),
            int.Parse(readers.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            sql);
    }

    [GeneratedRegex(@"\A-- Readers from version ([0-9]+) on\.")]
    private static partial Regex ReadersLine();
}
