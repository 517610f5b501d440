using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace GuestSessions.Storage.Sql;

/// <summary>
/// The SQL of one concern: a file of statements, each below a line <c>-- name: its-name</c>. The text above the first
/// name describes the file.
/// </summary>
internal sealed partial class SqlFile
{
    private readonly string _file;
    private readonly FrozenDictionary<string, SqlStatement> _statements;

    private SqlFile(string file, string text)
    {
        _file = file;
        var statements = new Dictionary<string, SqlStatement>();
        var names = Name().Matches(text);
        for (var i = 0; i < names.Count; i++)
        {
            var from = names[i].Index + names[i].Length;
            var to = i + 1 < names.Count ? names[i + 1].Index : text.Length;
            if (!statements.TryAdd(names[i].Groups[1].Value, new SqlStatement(text[from..to].Trim())))
                throw new FormatException($"{file} has two statements with the name {names[i].Groups[1].Value}.");
        }

        _statements = statements.ToFrozenDictionary();
    }

    /// <summary>The names of all statements.</summary>
    public IReadOnlyList<string> Names => _statements.Keys;

    /// <summary>The statement with this name.</summary>
    /// <exception cref="ArgumentException">The file has no such statement.</exception>
    public SqlStatement this[string name] => _statements.TryGetValue(name, out var statement)
        ? statement
        : throw new ArgumentException($"{_file} has no statement with the name {name}.", nameof(name));

    /// <summary>Reads <c>{store}/Sql/{concern}.sql</c>.</summary>
    public static SqlFile Read(string store, string concern)
    {
        var file = $"{store}/Sql/{concern}.sql";
        return new SqlFile(file, EmbeddedText.Read(file));
    }

    [GeneratedRegex(@"^-- name: ([a-z-]+)\r?\n", RegexOptions.Multiline)]
    private static partial Regex Name();
}
