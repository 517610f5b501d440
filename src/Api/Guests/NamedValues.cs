using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks values within a text by the name before them: in JSON that is cut off or surrounded by other text, in headers,
/// assignments and XML.
/// </summary>
internal static partial class NamedValues
{
    /// <summary>Longest value that is a mask, such as <c>ni•••</c>.</summary>
    private const int LongestMask = 7;

    private static readonly string[] Constants = ["null", "true", "false"];

    public static void Mask(DecodedText text)
    {
        foreach (Match found in Element().Matches(text.Text))
        {
            var value = found.Groups["value"];
            if (Shown(found.Groups["name"].Value, value.Value) is { } shown)
                text.Mask(value.Index, value.Index + value.Length, shown);
        }

        var all = text.Text;
        for (var found = Name().Match(all); found.Success;)
            found = Name().Match(all, MaskAfter(text, all, found));
    }

    /// <summary>Masks the value after a name; where to read on.</summary>
    private static int MaskAfter(DecodedText text, string all, Match found)
    {
        var (name, start) = (found.Groups["name"].Value, found.Index + found.Length);
        var isPersonal = (found.Groups["quote"].Length > 0 || found.Groups["sign"].Value.StartsWith('=')) && PersonalName.Is(name);
        if (!isPersonal && !PersonalName.IsSecret(name))
            return start;
        var (from, to) = ValueAt(all, start, isParameter: found.Groups["sign"].Value.StartsWith('='));
        if (from == to || Shown(name, all[from..to]) is not { } shown)
            return start;
        text.Mask(from, to, shown);
        return to;
    }

    private static string? Shown(string name, string value) =>
        string.IsNullOrWhiteSpace(value) || Constants.Contains(value) || (value.EndsWith(Masking.Hidden, StringComparison.Ordinal) && value.Length <= LongestMask) ? null
        : PersonalName.IsSecret(name) || value[0] is '{' or '[' ? Masking.Hidden
        : PersonalName.Is(name) ? Masking.Mask(value) : null;

    private static (int From, int To) ValueAt(string text, int start, bool isParameter)
    {
        var at = start;
        while (at < text.Length && text[at] == '\\')
            at++;
        if (at == text.Length)
            return (at, at);
        return text[at] switch
        {
            '"' or '\'' or '`' => (at + 1, EndOfQuoted(text, at + 1, text[at], at - start)),
            '{' or '[' => (at, EndOfNested(text, at)),
            _ => (start, start + (isParameter ? Parameter() : Word()).Match(text, start).Length),
        };
    }

    /// <param name="escapes">Number of backslashes before the opening quote: JSON in JSON escapes its quotes.</param>
    private static int EndOfQuoted(string text, int from, char quote, int escapes)
    {
        var backslashes = 0;
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] == quote && (escapes == 0 ? backslashes % 2 == 0 : backslashes <= escapes))
                return at - Math.Min(backslashes, escapes);
            backslashes = text[at] == '\\' ? backslashes + 1 : 0;
        }

        return text.Length;
    }

    private static int EndOfNested(string text, int from)
    {
        var depth = 0;
        for (var at = from; at < text.Length; at++)
        {
            depth += text[at] is '{' or '[' ? 1 : text[at] is '}' or ']' ? -1 : 0;
            if (depth == 0)
                return at + 1;
        }

        return text.Length;
    }

    [GeneratedRegex(
        """(?<![\p{L}\p{Nd}_])(?<name>[\p{L}\p{Nd}_.$\[\]-]{1,64})\\{0,8}(?<quote>["'`]?)\s{0,8}(?<sign>[:=]{1,2}>?)\s{0,8}""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>One word, and the one before it if that is the scheme of a credential.</summary>
    [GeneratedRegex(
        """\G(?:(?:[Bb]asic|[Bb]earer|[Tt]oken|[Dd]igest|[Aa]pi[Kk]ey)\s{1,4})?[^\s,;&"'<>{}]{0,8192}""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("""\G[^\s,;&"'<>{}#]{0,8192}""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(
        @"<(?:[\w-]{1,32}:)?(?<name>[\p{L}\p{Nd}_.-]{1,64})(?:\s[^<>]{0,256})?>(?:<!\[CDATA\[)?(?<value>[^<]{1,8192})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
