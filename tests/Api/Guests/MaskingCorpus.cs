using System.Text;

namespace GuestSessions.Api.Tests.Guests;

/// <summary>One line of the corpus: what is shown of a value, under an attribute or wherever it stands.</summary>
public sealed record MaskedValue(string Attribute, string Value, string Shown)
{
    public static IReadOnlyList<MaskedValue> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Guests", "masking-corpus.tsv"), Encoding.UTF8)
            .Skip(1) // What the columns mean.
            .Where(static line => line.Length > 0)
            .Select(static line => line.Split('\t').Select(Unescaped).ToArray())
            .Select(static cells => new MaskedValue(cells[0], cells[1], cells[2])),
    ];

    /// <summary>With the characters that no line of a table can hold.</summary>
    private static string Unescaped(string cell) => cell.Replace('␉', '\t').Replace('␊', '\n').Replace('␀', '\0');

    /// <summary>Those that are masked, or shown, wherever they stand.</summary>
    public static IReadOnlyList<MaskedValue> Texts => [.. All.Where(static one => one.Attribute.Length == 0)];

    /// <summary>Those that are masked, or shown, by their attribute.</summary>
    public static IReadOnlyList<MaskedValue> Attributes => [.. All.Where(static one => one.Attribute.Length > 0)];
}
