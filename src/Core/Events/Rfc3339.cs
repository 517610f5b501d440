using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Times as RFC 3339 writes them: date, <c>T</c>, time with seconds, and an offset or <c>Z</c>.
/// </summary>
public static class Rfc3339
{
    private const int SecondsEnd = 19; // yyyy-MM-ddTHH:mm:ss
    private const int LongestOffset = 6; // +hh:mm
    private const int FractionDigits = 7; // what a tick can hold; further digits are cut off

    private const int Usual = 40; // with a long fraction and an offset

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out DateTimeOffset)"/>
    /// <param name="text">A string.</param>
    /// <param name="time">The time.</param>
    internal static bool TryParse(JsonElement text, out DateTimeOffset time)
    {
        var written = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return written.Contains((byte)'\\') ? TryParse(text.GetString(), out time) : TryParse(written, out time);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out DateTimeOffset)"/>
    /// <param name="utf8">Valid UTF-8, its escapes resolved.</param>
    /// <param name="time">The time.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        Span<char> text = stackalloc char[Usual];
        return utf8.Length <= Usual
            ? TryParse(text[..Encoding.UTF8.GetChars(utf8, text)], out time)
            : TryParse(Encoding.UTF8.GetString(utf8), out time);
    }

    /// <summary>
    /// Reads a time. Rejects leap seconds, and offsets beyond 14 hours.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= SecondsEnd)
            return false;

        var rest = text[SecondsEnd..];
        ReadOnlySpan<char> fraction = [];
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange('0', '9') + 1;
            if (end <= 1)
                return false;
            fraction = rest[..Math.Min(end, FractionDigits + 1)];
            rest = rest[end..];
        }

        if (rest.Length is not (1 or LongestOffset))
            return false;

        // Cut to what the framework reads, with letters in upper case: the RFC allows both cases.
        Span<char> exact = stackalloc char[SecondsEnd + 1 + FractionDigits + LongestOffset];
        text[..SecondsEnd].ToUpperInvariant(exact);
        fraction.CopyTo(exact[SecondsEnd..]);
        rest.ToUpperInvariant(exact[(SecondsEnd + fraction.Length)..]);
        exact = exact[..(SecondsEnd + fraction.Length + rest.Length)];
        return (rest.Length == 1 ? exact[^1] == 'Z' : rest[0] is '+' or '-')
            && DateTimeOffset.TryParseExact(exact, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
                CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }
}
