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

    /// <summary>Characters of a value that are read to decide whether it is personal.</summary>
    private const int LongestRead = 4096;

    private static readonly string[] Constants = ["null", "true", "false"];

    public static void Mask(DecodedText text)
    {
        foreach (Match found in Element().Matches(text.Text))
        {
            var value = found.Groups["value"];
            var named = Named().Match(found.Groups["attributes"].Value).Groups["name"].Value;
            if ((Shown(found.Groups["name"].Value, value.Value) ?? Shown(named, value.Value)) is { } shown)
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
        var isAssigned = found.Groups["quote"].Length > 0 || found.Groups["sign"].Value.StartsWith('=');
        var isKnown = PersonalName.IsSecret(name) || (isAssigned && PersonalName.Is(name));
        if (!isKnown && !PersonalName.DependsOnValue(name))
            return start;
        var read = isKnown ? all.Length : Math.Min(all.Length, start + LongestRead);
        var (from, to) = ValueAt(all, start, read, isParameter: found.Groups["sign"].Value.StartsWith('='));
        if (from == to || (isAssigned ? Shown(name, all[from..to]) : ShownInProse(name, all[from..to])) is not { } shown)
            return start;
        text.Mask(from, to, shown);
        return to;
    }

    /// <summary>What is shown of a value under this name; null if it is shown as it is.</summary>
    public static string? Shown(string name, string value) =>
        IsShown(value) ? null
        : PersonalName.IsSecret(name, value) ? Masking.Hidden
        : !PersonalName.Is(name, value) ? null
        : value[0] is '{' or '[' or DecodedText.Masked ? Masking.Hidden : Masking.Mask(value);

    private static string? ShownInProse(string name, string value) =>
        !IsShown(value) && PersonalName.IsSecretInProse(name, value) ? Masking.Hidden : null;

    private static bool IsShown(string value) => string.IsNullOrWhiteSpace(value) || Constants.Contains(value)
        || (value.EndsWith(Masking.Hidden, StringComparison.Ordinal) && value.Length <= LongestMask);

    /// <summary>The value that begins at a place: within quotes or brackets, or one word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the value, or what quotes it, begins.</param>
    /// <param name="end">Where reading ends.</param>
    /// <param name="isParameter">Whether <c>=</c> stands before it.</param>
    public static (int From, int To) ValueAt(string text, int start, int end, bool isParameter)
    {
        var at = start;
        while (at < end && text[at] == '\\')
            at++;
        if (at == end)
            return (at, at);
        return text[at] switch
        {
            '"' or '\'' or '`' => (at + 1, EndOfQuoted(text.AsSpan(..end), at + 1, text[at], at - start)),
            '{' or '[' => (at, EndOfNested(text.AsSpan(..end), at)),
            _ => (start, start + (isParameter ? Parameter() : Word()).Match(text, start).Length),
        };
    }

    /// <param name="escapes">Number of backslashes before the opening quote: JSON in JSON escapes its quotes.</param>
    private static int EndOfQuoted(ReadOnlySpan<char> text, int from, char quote, int escapes)
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

    private static int EndOfNested(ReadOnlySpan<char> text, int from)
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
        """(?<![\p{L}\p{Nd}_])(?:--(?<name>[\p{L}\p{Nd}_-]{1,64})(?<sign>[ ]{1,4})(?=[^\s:=-])"""
        + """|(?<name>[\p{L}\p{Nd}_.$\[\]-]{1,64})\\{0,8}(?<quote>["'`]?)\s{0,8}(?<sign>[:=]{1,2}>?|->|→|\t)\s{0,8})""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>One word, and the scheme of a credential before it; to the end of the line if the scheme has parameters.</summary>
    [GeneratedRegex(
        """\G(?:(?:[Dd]igest|Hawk|OAuth|MAC|Signature|AWS4-HMAC-SHA256)\s{1,4}[^\r\n<>{}]{0,8192}"""
        + """|(?:(?:[Bb]asic|[Bb]earer|[Tt]oken|[Nn]egotiate|NTLM|SSWS|[Aa]pi[Kk]ey)\s{1,4})?[^\s,;&"'<>{}]{0,8192})""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("""\G[^\s,;&"'<>{}#]{0,8192}""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(
        @"<(?:[\w-]{1,32}:)?(?<name>[\p{L}\p{Nd}_.-]{1,64})(?<attributes>\s[^<>]{0,256})?>(?:<!\[CDATA\[)?(?<value>[^<]{1,8192})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    /// <summary>The name that an element has as an attribute.</summary>
    [GeneratedRegex("""\s(?:name|key|field|property)\s{0,4}=\s{0,4}\\{0,8}["'](?<name>[^"'<>\\]{1,64})""", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
