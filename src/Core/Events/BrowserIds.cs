using System.Buffers;
using System.Text;

namespace GuestSessions.Core.Events;

/// <summary>Which texts name one browser, whichever way they come in.</summary>
public static class BrowserIds
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <inheritdoc cref="IsOne(ReadOnlySpan{byte})"/>
    public static bool IsOne(string text) => IsOne(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Whether it is a UUID of more than one digit. All zeros, all F and the like are what code has before it has an id:
    /// many browsers would share it.
    /// </summary>
    public static bool IsOne(ReadOnlySpan<byte> text)
    {
        if (text.Length != 36)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !Digits.Contains(text[i]))
                return false;
        }

        // Either case of its first digit.
        return text.ContainsAnyExcept((byte)'-', (byte)(text[0] | ' '), (byte)(text[0] & ~' '));
    }
}
