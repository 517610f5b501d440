using System.Text;

namespace GuestSessions.Core.Events;

/// <summary>
/// Removes unintended invisible characters from names and ids: white space around them, and zero-width characters,
/// direction marks, soft hyphens and byte order marks anywhere. Copying from documents and spreadsheets adds them.
/// </summary>
public static class CleanText
{
    private const int BrailleBlank = 0x2800;

    // The code points that Unicode lets fonts leave out (Default_Ignorable_Code_Point), as ranges.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether <see cref="Of"/> would change nothing. Quick for ASCII.</summary>
    /// <param name="utf8">Valid UTF-8, its escapes resolved.</param>
    public static bool IsClean(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return true;
        if (IsBlank(utf8[0]) || IsBlank(utf8[^1]))
            return false;
        if (!utf8.ContainsAnyInRange((byte)0x80, (byte)0xFF))
            return true;
        var text = Encoding.UTF8.GetString(utf8);
        return Of(text) == text;
    }

    /// <summary>The cleaned text. Other blanks inside become plain spaces. The result may be empty.</summary>
    public static string Of(string text)
    {
        if (IsPlain(text))
            return text;
        var clean = new StringBuilder(text.Length);
        var runes = text.EnumerateRunes().ToArray();
        for (var at = 0; at < runes.Length; at++)
        {
            if (IsBlank(runes[at].Value))
                clean.Append(runes[at].IsAscii ? (char)runes[at].Value : ' ');
            else if (!IsIgnorable(runes[at].Value) || JoinsLetters(runes, at))
                clean.Append(runes[at].ToString());
        }

        return clean.ToString().Trim();
    }

    /// <summary>Whether the text has no visible character.</summary>
    public static bool IsInvisible(string text) => Of(text).Length == 0;

    /// <summary>The text, cut to a maximum length without splitting a character.</summary>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }

    private static bool IsPlain(string text)
        => text.Length == 0
            || (!IsBlank(text[0]) && !IsBlank(text[^1]) && !text.AsSpan().ContainsAnyInRange('\u0080', '\uFFFF'));

    private static bool IsBlank(int value)
        => value == BrailleBlank || (value <= char.MaxValue && char.IsWhiteSpace((char)value));

    private static bool IsIgnorable(int value)
    {
        foreach (var (first, last) in Ignorable)
        {
            if (value >= first && value <= last)
                return true;
        }

        return false;
    }

    // Persian and Indic words and emoji need joiners and selectors between their characters.
    private static bool JoinsLetters(Rune[] runes, int at)
    {
        var value = runes[at].Value;
        var follows = at > 0 && !runes[at - 1].IsAscii && !IsBlank(runes[at - 1].Value);
        return value is 0x200C or 0x200D
            ? follows && at + 1 < runes.Length && !runes[at + 1].IsAscii && !IsIgnorable(runes[at + 1].Value)
                && !IsBlank(runes[at + 1].Value) && !IsIgnorable(runes[at - 1].Value)
            : value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0020 and <= 0xE01EF) && follows
                && !(IsIgnorable(runes[at - 1].Value) && value < 0xE0020);
    }
}
