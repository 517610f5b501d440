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
        if (DecodedText.Of(text) is not { } decoded)
            return Masking.Hidden;
        NamedValues.Mask(decoded);
        decoded.Mask(UserInfo(), static _ => Masking.Hidden);
        decoded.Mask(Token(), static _ => Masking.Hidden);
        decoded.Mask(Basic(), static found => IsCredential(found.Value) ? Masking.Hidden : null);
        decoded.Mask(Address(), MaskAddress);
        if (decoded.Text.Any(char.IsAsciiDigit))
        {
            PaymentNumbers.Mask(decoded);
            decoded.Mask(SocialSecurity(), static _ => Masking.Hidden);
            decoded.Mask(Phone(), static found => Masking.Mask(found.Value));
        }

        return decoded.ToString();
    }

    /// <summary>Whether it is the base64 of a user name and a password.</summary>
    private static bool IsCredential(string base64)
    {
        var padded = base64.TrimEnd('=');
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) && bytes.AsSpan(0, length).Contains((byte)':');
    }

    private static string? MaskAddress(Match found)
    {
        var domain = found.Groups["domain"].Value;
        var isPicture = char.IsAsciiDigit(domain[0]) && domain[1] is 'x' or 'X' && Pictures.Any(
            picture => domain[2..].Equals($".{picture}", StringComparison.OrdinalIgnoreCase));
        return isPicture
            ? null
            : Masking.Mask(found.Value.Replace("\"", "", StringComparison.Ordinal));
    }

    // The bound is the longest local part of RFC 5321. Without a bound, the expression would read a long word many times.
    [GeneratedRegex(
        @"(?:""[^""\r\n]{1,64}""|[\w.+'~%-]{1,64})@(?<domain>(?:[\w-]{1,63}\.){1,8}(?:[^\W\d_]{2,24}|xn--[\w-]{2,59}))(?![\w-])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<=://)[^/@\s?#]{1,256}(?=@)", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    /// <summary>
    /// JWTs and JWEs, whose header begins with a brace and a quote or white space; text after <c>Bearer</c>; PEM blocks, and keys
    /// with a known prefix.
    /// </summary>
    [GeneratedRegex(
        @"(?:ey[A-DI-L]|ew[k-r0-3])[\w-]{5,4096}(?:\.[\w-]{2,4096}|\.(?=\.[\w-]{2}))(?:\.[\w-]{0,8192}){0,3}"
        + @"|-----BEGIN [A-Z0-9 ]{1,40}-----[\w+/=\s:,.\\]{0,16384}(?:-----END [A-Z0-9 ]{1,40}-----)?|(?<=\b[Bb]earer\s{1,4})[\w.~+/=-]{8,4096}"
        + @"|\b[spr]k_(?:live|test)_\w{8,128}|\bgh[pousr]_\w{20,128}|\bgithub_pat_\w{16,128}"
        + @"|\bgl(?:pat|rt|dt|ptt|soat|cbt|imt|ft|agent|oas)-[\w-]{16,128}|\bSG\.[\w-]{16,64}\.[\w-]{16,128}|\bsk-(?=[A-Za-z_-]{0,64}[0-9])[\w-]{16,256}|\bnpm_\w{20,128}"
        + @"|\bwhsec_[\w+/=-]{16,128}|\bpypi-[\w-]{16,256}|\bhf_\w{20,128}|\bshp[a-z]{2}_\w{16,64}|\bya29\.[\w-]{8,512}|\bAKIA[0-9A-Z]{16}\b"
        + @"|\bxox[abprs]-[\w-]{10,128}|\bAIza[\w-]{20,64}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<=\b[Bb]asic\s{1,4})[A-Za-z0-9+/]{6,4096}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Basic();

    /// <summary>With hyphens, or with blanks or dots if the numbers are ones that are given out.</summary>
    [GeneratedRegex(
        @"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])"
        + @"|(?<![\w.-]|[0-9] )(?!000|666|9)[0-9]{3}(?:\.(?!00)[0-9]{2}\.| (?!00)[0-9]{2} )(?!0000)[0-9]{4}(?![\w-]|[ .][0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex SocialSecurity();

    /// <summary>International, North American, and national numbers that begin with a zero and have separators.</summary>
    [GeneratedRegex(
        @"(?<![\w.+-])\+[1-9](?:[ ./()-]{0,2}[0-9]){6,14}(?!\w)|(?<![\w.+-])00[1-9](?:[ ./-]?[0-9]){9,13}(?![\w-])"
        + @"|(?<![\w.+-])(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"
        + @"|(?<![\w.+-])\(?0[1-9][0-9]{0,3}\)?[ /-][0-9]{3,4}(?:[ -]?[0-9]{2,4}){1,3}(?![\w-])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
