using System.Globalization;

namespace GuestSessions.Core.Events;

/// <summary>
/// Halves of surrogate pairs in JSON escapes. Programs that cut a text within an emoji write them; no UTF-8 can hold them.
/// </summary>
public static class LoneSurrogates
{
    /// <summary>Characters of <c>\uD83D</c>.</summary>
    private const int Escape = 6;

    /// <summary>A text in which U+FFFD stands for each half; the same memory if it has none.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        byte[]? replaced = null;
        for (var at = Next(text, 0); at < text.Length; at = Next(text, at))
        {
            if (UnitAt(text, at) is not { } unit)
                at += 2;
            else if (char.IsHighSurrogate(unit) && UnitAt(text, at + Escape) is { } next && char.IsLowSurrogate(next))
                at += 2 * Escape;
            else
            {
                if (char.IsSurrogate(unit))
                    @"\ufffd"u8.CopyTo((replaced ??= json.ToArray()).AsSpan(at));
                at += Escape;
            }
        }

        return replaced is null ? json : replaced;
    }

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        var found = from < text.Length ? text[from..].IndexOf((byte)'\\') : -1;
        return found < 0 ? text.Length : from + found;
    }

    private static char? UnitAt(ReadOnlySpan<byte> text, int at) =>
        at + Escape <= text.Length && text.Slice(at, 2).SequenceEqual(@"\u"u8)
        && ushort.TryParse(text.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
