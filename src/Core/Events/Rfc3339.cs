using System.Globalization;

namespace GuestSessions.Core.Events;

/// <summary>
/// Times as RFC 3339 writes them: date, <c>T</c>, time with seconds, and an offset or <c>Z</c>.
/// </summary>
public static class Rfc3339
{
    private const int SecondsEnd = 19; // yyyy-MM-ddTHH:mm:ss
    private const int LongestOffset = 6; // +hh:mm
    private const int FractionDigits = 7; // what a tick can hold; further digits are cut off

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
