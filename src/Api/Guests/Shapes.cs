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

    /// <summary>From one size of clothes to the next.</summary>
    private const int LargestStep = 6;

    /// <summary>What follows the <c>@</c> in the name of a picture for dense screens.</summary>
    private static readonly string[] Pictures = ["png", "jpg", "jpeg", "webp", "gif", "svg", "avif"];

    /// <summary>A line break, as it is or as programs write it.</summary>
    private const string LineBreak = @"(?>=?(?:\r?\n|\\r\\n|\\n)[ \t]{0,4})";

    /// <summary>The same, or a blank in its place if no word follows it.</summary>
    private const string Break = "(?>" + LineBreak + @"| (?=[\w-]{0,127}(?:[0-9][A-Za-z]|[a-z][A-Z])))";

    /// <summary>The next lines of a token.</summary>
    private const string Lines = "(?:" + Break + @"[\w-]{1,128}){0,64}";

    /// <summary>A parameter of a digest, also in JSON that is a text.</summary>
    private const string Parameter =
        """(?>[\w-]{1,32}=(?>\\{0,8}"[^"\\]{0,1024}\\{0,8}"?|[^\s,"\\]{0,1024}))""";

    public static string Mask(string text)
    {
        if (DecodedText.Of(text) is not { } decoded)
            return Masking.Hidden;
        var hasDigits = decoded.Text.Any(char.IsAsciiDigit);
        if (hasDigits)
            PaymentNumbers.Mask(decoded); // Before a name masks only the first group of a number.
        decoded.Mask(Digest(), static _ => Masking.Hidden);
        NamedPairs.Mask(decoded);
        NamedValues.Mask(decoded);
        decoded.Mask(UserInfo(), static _ => Masking.Hidden);
        decoded.Mask(Token(), static _ => Masking.Hidden);
        decoded.Mask(Basic(), static found => IsCredential(found.Value) ? Masking.Hidden : null);
        decoded.Mask(Address(), MaskAddress);
        if (hasDigits)
        {
            decoded.Mask(SocialSecurity(), static _ => Masking.Hidden);
            decoded.Mask(Phone(), static found => IsListOfSizes(found) ? null : Masking.Mask(found.Value));
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

    /// <summary>Whether it is pairs of digits that rise in small steps, such as <c>04 08 12 16 20</c>.</summary>
    private static bool IsListOfSizes(Match found)
    {
        if (!found.Groups["by"].Success)
            return false;
        var sizes = found.Value.Split(found.Groups["by"].Value).Select(static size => int.Parse(size, null)).ToList();
        return sizes.Zip(sizes.Skip(1)).All(static two => two.Second - two.First is > 0 and <= LargestStep);
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
    /// JWTs and JWEs, whose header begins with a brace and a quote or white space, also over several lines; text after
    /// <c>Bearer</c>; PEM blocks, and keys with a known prefix.
    /// </summary>
    [GeneratedRegex(
        @"(?:ey[A-DI-L]|ew[k-r0-3])(?=(?:[\w-]|" + Break + @"){5})(?>[\w-]{0,4096}" + Lines + ")" + Break + "?"
        + @"(?:\." + Break + @"?(?>[\w-]{2,4096}(?:" + Lines + "(?=" + Break + @"?\.))?)|\.(?=\.[\w-]{2}))"
        + "(?:" + Break + @"?\." + Break + @"?[\w-]{0,8192}){0,3}"
        + "(?>" + LineBreak + @"(?=[\w-]{0,127}[0-9])(?=[\w-]{0,127}[A-Z])[\w-]{1,128}){0,64}"
        + @"|-----BEGIN [A-Z0-9 ]{1,40}-----[\w+/=\s:,.\\]{0,16384}(?:-----END [A-Z0-9 ]{1,40}-----)?|(?<=\b[Bb]earer\s{1,4})[\w.~+/=-]{8,4096}"
        + @"|\b[spr]k_(?:live|test)_\w{8,128}|\bgh[pousr]_\w{20,128}|\bgithub_pat_\w{16,128}"
        + @"|\bgl(?:pat|rt|dt|ptt|soat|cbt|imt|ft|agent|oas)-[\w-]{16,128}|\bSG\.[\w-]{16,64}\.[\w-]{16,128}|\bsk-(?=[A-Za-z_-]{0,64}[0-9])[\w-]{16,256}|\bnpm_\w{20,128}"
        + @"|\bwhsec_[\w+/=-]{16,128}|\bpypi-[\w-]{16,256}|\bhf_\w{20,128}|\bshp[a-z]{2}_\w{16,64}|\bya29\.[\w-]{8,512}|\bAKIA[0-9A-Z]{16}\b"
        + @"|\bxox[abprs]-[\w-]{10,128}|\bAIza[\w-]{20,64}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    /// <summary>The parameters of a digest: more than one, since a digest may also be a magazine.</summary>
    [GeneratedRegex(
        @"(?<=\b[Dd]igest\s{1,4})" + Parameter + @"(?>\s{0,4},?\s{0,4}" + Parameter + "){1,31}",
        RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    [GeneratedRegex(@"(?<=\b[Bb]asic\s{1,4})[A-Za-z0-9+/]{6,4096}={0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Basic();

    /// <summary>With hyphens, or with blanks or dots if the numbers are ones that are given out.</summary>
    [GeneratedRegex(
        @"(?<![\w-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w-])"
        + @"|(?<![\w.-]|[0-9] )(?!000|666|9)[0-9]{3}(?:\.(?!00)[0-9]{2}\.| (?!00)[0-9]{2} )(?!0000)[0-9]{4}(?![\w-]|[ .][0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex SocialSecurity();

    /// <summary>
    /// International, North American, and national numbers that begin with a zero and have separators: groups of three or
    /// four digits, or pairs, as in France and Belgium.
    /// </summary>
    [GeneratedRegex(
        @"(?<![\w.+-])\+[1-9](?:[ ./()-]{0,2}[0-9]){6,14}(?!\w)|(?<![\w.+-])00[1-9](?:[ ./-]?[0-9]){9,13}(?![\w-])"
        + @"|(?<![\w.+-])(?:1[ .-])?(?:\([0-9]{3}\) ?|[0-9]{3}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"
        + @"|(?<![\w.+-])\(?0[1-9][0-9]{0,3}\)?[ /-][0-9]{3,4}(?:[ -]?[0-9]{2,4}){1,3}(?![\w-])"
        + @"|(?<![\w.+/-]|[0-9] )0[1-9](?<by>[ ./-])[0-9]{2}(?:\k<by>[0-9]{2}){3}(?![\w/-]|[ .][0-9])"
        + @"|(?<![\w.+/-]|[0-9] )(?:0[1-9][0-9]{2}[ ./-][0-9]{2}|0[1-9][0-9]?[ ./-][0-9]{3})(?<mark>[ ./-])[0-9]{2}\k<mark>[0-9]{2,3}"
        + @"(?![\w/-]|[ .][0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
