using GuestSessions.Core.Journal;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Other spellings of a text that found nothing: what people mistype, paste with, or leave out. The index has whole values
/// only, so each spelling is looked up like the text itself.
/// </summary>
internal static class SearchSpellings
{
    /// <summary>Maximum number of spellings that are tried.</summary>
    public const int MostTried = 12;

    private const string Uuid = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private static readonly (string Wrong, string Right)[] Domains =
    [
        ("googlemail.com", "gmail.com"), ("gmail.com", "googlemail.com"), ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"), ("gmail.co", "gmail.com"), ("gnail.com", "gmail.com"), ("hotmial.com", "hotmail.com"),
        ("hotmail.co", "hotmail.com"), ("yaho.com", "yahoo.com"), ("yahoo.co", "yahoo.com"), ("outlok.com", "outlook.com"),
        ("icloud.co", "icloud.com"),
    ];

    /// <summary>Other spellings in the form in which the index compares, the likeliest first.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var plain = SearchTerm.Normalised(text);
        return [.. All(plain).Where(spelling => spelling.Length > 0 && spelling != plain).Distinct().Take(MostTried)];
    }

    private static IEnumerable<string> All(string text)
    {
        yield return text.Trim('#', '"', '\'', '<', '>', '(', ')', '.', ',', ';', ':');
        if (text.StartsWith("mailto:", StringComparison.Ordinal))
            yield return text["mailto:".Length..];
        if (FindUuid(text) is { } uuid)
            yield return uuid;
        if (text.Split('@') is [{ Length: > 0 } name, { Length: > 0 } domain])
        {
            foreach (var spelling in OfEmail(name, domain))
                yield return spelling;
            yield break;
        }

        yield return Without(text, ' ');
        yield return Without(text, ' ', '-', '_', '/', '.');
        if (text.Contains(' ', StringComparison.Ordinal))
            yield return text.Replace(' ', '-');
        if (text.StartsWith("00", StringComparison.Ordinal))
            yield return $"+{Without(text[2..], ' ', '-', '/', '(', ')')}";
        if (text.StartsWith('+'))
            yield return $"00{Without(text[1..], ' ', '-', '/', '(', ')')}";
        yield return text.Replace('o', '0');
        yield return text.Replace('0', 'o');
        yield return text.Replace('l', '1');
        yield return text.TrimStart('0');
    }

    private static IEnumerable<string> OfEmail(string name, string domain)
    {
        foreach (var (wrong, right) in Domains)
        {
            if (domain == wrong)
                yield return $"{name}@{right}";
        }

        yield return $"{Without(name, ' ')}@{Without(domain, ' ')}";
        if (name.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus)
            yield return $"{name[..plus]}@{domain}";
        yield return $"{name.Replace(".", "", StringComparison.Ordinal)}@{domain}";
        yield return $"{name.Replace('_', '.')}@{domain}";
        yield return $"{name.Replace('-', '.')}@{domain}";
        yield return $"{name}@{domain.Replace(',', '.')}";
    }

    /// <summary>The browser id in a longer text, such as a cookie or an address.</summary>
    private static string? FindUuid(string text)
    {
        for (var start = 0; start + Uuid.Length <= text.Length; start++)
        {
            var part = text.AsSpan(start, Uuid.Length);
            if (part[8] == '-' && Guid.TryParseExact(part, "D", out var uuid))
                return uuid.ToString();
        }

        return null;
    }

    private static string Without(string text, params ReadOnlySpan<char> characters)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!characters.Contains(character))
                kept.Append(character);
        }

        return kept.ToString();
    }
}
