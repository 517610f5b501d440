using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GuestSessions.Storage.Sql;

/// <summary>A statement, or a few that run together. Its parameters have names: <c>@guest</c>.</summary>
internal sealed partial class SqlStatement
{
    public SqlStatement(string text)
    {
        Text = text;
        var places = new Dictionary<string, int>();
        Numbered = Token().Replace(text, match =>
        {
            if (!match.Groups["name"].Success)
                return match.Value;
            var name = match.Groups["name"].Value;
            if (!places.TryGetValue(name, out var place))
                places.Add(name, place = places.Count);
            return string.Create(CultureInfo.InvariantCulture, $"${place + 1}");
        });
        Places = places.ToFrozenDictionary();
    }

    /// <summary>The text of the file, for SQLite, which supports named parameters.</summary>
    public string Text { get; }

    /// <summary>
    /// The text with <c>$1</c>, <c>$2</c> and so on for the names. PostgreSQL supports only numbers, and Npgsql would
    /// translate names anew for each execution.
    /// </summary>
    public string Numbered { get; }

    /// <summary>The place of each parameter in <see cref="Numbered"/>: 0 for <c>$1</c>.</summary>
    public FrozenDictionary<string, int> Places { get; }

    // An @ in a comment or in a text is not a parameter.
    [GeneratedRegex("--[^\n]*|'[^']*'|@(?<name>[a-z_]+)")]
    private static partial Regex Token();
}
