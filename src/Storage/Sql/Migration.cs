using System.Globalization;
using System.Text.RegularExpressions;

namespace GuestSessions.Storage.Sql;

/// <summary>One numbered step of a store's schema: <c>Migrations/0001-schema.sql</c>.</summary>
/// <param name="Version">The version of the schema after it.</param>
internal sealed partial record Migration(int Version, string Sql)
{
    /// <summary>
    /// The lowest version that a binary must know to work on the schema after this step. The first line of the file states
    /// it. A store that only one process opens at a time does not need it.
    /// </summary>
    /// <exception cref="FormatException">The first line does not state it.</exception>
    public int MinimumReader => ReaderLine().Match(Sql) is { Success: true } line
        ? int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new FormatException($"Migration {Version} does not begin with: -- Readers from version N on.");

    /// <summary>The migrations in the store's folder, in their order.</summary>
    public static IReadOnlyList<Migration> Of(string store) =>
    [
        .. EmbeddedText.In($"{store}/Migrations")
            .Select(static path => new Migration(VersionOf(path), EmbeddedText.Read(path))),
    ];

    private static int VersionOf(string path) => Number().Match(path) is { Success: true } number
        ? int.Parse(number.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new FormatException($"{path} is not the name of a migration, such as 0001-schema.sql.");

    [GeneratedRegex(@"/([0-9]{4})-[a-z-]+\.sql$")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A-- Readers from version ([0-9]+) on\.")]
    private static partial Regex ReaderLine();
}
