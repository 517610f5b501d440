namespace GuestSessions.Core.Events.Rules;

/// <summary>Reads languages as callers write them; the upstream wants two capital letters.</summary>
internal static class Languages
{
    /// <summary>
    /// The primary subtag of a locale, in capitals: <c>fr-CA</c>, <c>pt_BR</c> and <c>en_IE.UTF-8</c> are FR, PT and
    /// EN. Null if the subtag does not have two letters, or the text is no locale.
    /// </summary>
    public static string? Primary(string text)
    {
        // Removes what POSIX adds: an encoding, a variant.
        var locale = text.AsSpan();
        var end = locale.IndexOfAny('.', '@');
        if (end >= 0)
            locale = locale[..end];
        var primary = locale;
        var first = true;
        foreach (var range in locale.SplitAny('-', '_'))
        {
            var subtag = locale[range];
            if (subtag.Length is 0 or > 8 || !IsAlphanumeric(subtag))
                return null;
            if (first)
                primary = subtag;
            first = false;
        }

        return primary.Length == 2 && char.IsAsciiLetter(primary[0]) && char.IsAsciiLetter(primary[1])
            ? primary.ToString().ToUpperInvariant()
            : null;
    }

    private static bool IsAlphanumeric(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character))
                return false;
        }

        return true;
    }
}
