using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks values that are recognised by their form: e-mail addresses, telephone numbers, tokens, the numbers of payment
/// cards, bank accounts (<see cref="PaymentNumbers"/>) and social security.
/// </summary>
internal static partial class Shapes
{
    /// <summary>Characters. No shorter text has a recognised form.</summary>
    public const int Shortest = 5;

    /// <summary>What follows the <c>@</c> in the name of a picture for dense screens.</summary>
    private static readonly string[] Pictures = ["png", "jpg", "jpeg", "webp", "gif", "svg", "avif"];

    public static string Mask(string text)
    {
        text = UserInfo().Replace(text, $"{Masking.Hidden}@");
        text = Token().Replace(text, Masking.Hidden);
        text = Address().Replace(text, MaskAddress);
        if (!text.Any(char.IsAsciiDigit))
            return text;
        text = PaymentNumbers.Mask(text);
        text = SocialSecurity().Replace(text, Masking.Hidden);
        return Phone().Replace(text, static found => Masking.Mask(found.Value));
    }

    private static string MaskAddress(Match found)
    {
        var domain = found.Groups["domain"].Value;
        var isPicture = char.IsAsciiDigit(domain[0]) && domain[1] is 'x' or 'X' && Pictures.Any(
            picture => domain[2..].Equals($".{picture}", StringComparison.OrdinalIgnoreCase));
        return isPicture
            ? found.Value
            : Masking.Mask(found.Value.Replace("%40", "@", StringComparison.Ordinal)
                .Replace("&#64;", "@", StringComparison.Ordinal));
    }

    // The bound is the longest local part of RFC 5321. Without a bound, the expression would read a long word many times.
    [GeneratedRegex(
        @"[\w.+'~%-]{1,64}(?:@|%40|&#64;)(?<domain>(?:[\w-]{1,63}\.){1,8}(?:[^\W\d_]{2,24}|xn--[\w-]{2,59}))(?![\w-])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<=://)[^/@\s?#]{1,256}@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    /// <summary>JWTs, text after <c>Bearer</c>, and keys with a known prefix.</summary>
    [GeneratedRegex(
        @"eyJ[\w-]{5,4096}\.[\w-]{2,4096}(?:\.[\w-]{0,4096})?|(?<=\b[Bb]earer\s{1,4})[\w.~+/=-]{8,4096}"
        + @"|\b[spr]k_(?:live|test)_\w{8,128}|\bgh[pousr]_\w{20,128}|\bAKIA[0-9A-Z]{16}\b"
        + @"|\bxox[abprs]-[\w-]{10,128}|\bAIza[\w-]{20,64}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex SocialSecurity();

    /// <summary>International, North American, and national numbers that begin with a zero and have separators.</summary>
    [GeneratedRegex(
        @"(?<![\w.+-])\+[1-9](?:[ ./()-]{0,2}[0-9]){6,14}(?!\w)|(?<![\w.+-])00[1-9](?:[ ./-]?[0-9]){9,13}(?![\w-])"
        + @"|(?<![\w.+-])(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"
        + @"|(?<![\w.+-])\(?0[1-9][0-9]{0,3}\)?[ /-][0-9]{3,4}(?:[ -]?[0-9]{2,4}){1,3}(?![\w-])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
