using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks what looks personal or secret in any text: a page, a search term, a reason, an answer of the upstream. It decodes
/// percent-encoding, also repeated, and recognises the parameters of a URL by their names.
/// </summary>
internal static partial class TextMask
{
    /// <summary>Maximum number of nested encodings; a text that is encoded more often is hidden.</summary>
    private const int Deepest = 5;

    /// <summary>A parameter's value with this many digits or more is neither a count nor a date.</summary>
    private const int LongNumber = 9;

    private const int ShortestToken = 16;

    /// <summary>Vouchers and states of a country have shorter values than signing in.</summary>
    private const int ShortestSignIn = 20;

    /// <summary>Parameters whose long numbers and codes belong to goods, campaigns and clocks.</summary>
    private static readonly FrozenSet<string> HarmlessParameters = FrozenSet.Create(StringComparer.Ordinal,
        "ean", "gtin", "upc", "isbn", "sku", "mpn", "item", "itemid", "product", "productid", "pid", "variant", "variantid",
        "category", "categoryid", "order", "orderid", "orderref", "ref", "referenceid", "browserid", "eventid", "page",
        "campaignid", "utmid");

    /// <summary>Parameters whose long numbers are times, and whose codes are versions.</summary>
    private static readonly FrozenSet<string> Clocks = FrozenSet.Create(StringComparer.Ordinal,
        "t", "ts", "time", "timestamp", "date", "v", "version");

    /// <summary>Parameters of OAuth and SAML, whose long values sign a person in.</summary>
    private static readonly FrozenSet<string> SignIn = FrozenSet.Create(StringComparer.Ordinal,
        "code", "state", "relaystate", "samlresponse", "samlrequest", "samlart", "assertion", "clientassertion", "oauthverifier");

    /// <summary>The text with its personal parts masked; the same instance if there are none.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Mask(string? text) => text is null ? null : BodyMask.MaskNested(text) ?? Mask(text, 0);

    /// <summary>Masks each name of a JSON Pointer by itself, as a body shows it.</summary>
    public static string MaskPath(string path) => string.Join('/', path.Split('/').Select(static name =>
        Mask(name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    private static string Mask(string text, int depth)
    {
        if (text.Length < Shapes.Shortest)
            return text;
        // First numbers with blanks: a parameter ends at a blank.
        var masked = depth == 0 ? PaymentNumbers.Mask(text) : text;
        masked = Assignment().Replace(masked, found => MaskParameter(found, depth));
        masked = Shapes.Mask(masked);
        return masked.Contains('%') ? Part().Replace(masked, found => MaskPart(found.Value, depth)) : masked;
    }

    /// <summary>Masks <c>name=value</c>, as in the query of a URL.</summary>
    private static string MaskParameter(Match found, int depth)
    {
        var (name, raw) = (DecodedWhole(found.Groups["name"].Value), found.Groups["value"].Value);
        var value = DecodedWhole(raw);
        if (raw.Length == 0 || value == Masking.Hidden)
            return found.Value;
        var shown = PersonalName.IsSecretInQuery(name, value) ? Masking.Hidden
            : PersonalName.Is(name, value) ? Masking.Mask(value)
            : Changed(raw, depth) ?? (depth == 0 && raw.Contains('+') ? Changed(raw.Replace('+', ' '), depth) : null)
                ?? (LooksSecret(PersonalName.Plain(name), DecodedText.Plain(value)) ? Masking.Hidden : raw);
        return $"{found.Groups["name"].Value}={shown}";
    }

    /// <summary>The value decoded and masked; null when nothing in it needs masking.</summary>
    private static string? Changed(string value, int depth)
    {
        var decoded = Decoded(value);
        if (decoded.Contains('%') && depth >= Deepest)
            return Masking.Hidden;
        var masked = depth < Deepest ? Mask(decoded, depth + 1) : Shapes.Mask(decoded);
        return masked == decoded ? null : masked;
    }

    private static string MaskPart(string part, int depth) => part.Contains('%') ? Changed(part, depth) ?? part : part;

    private static string DecodedWhole(string text)
    {
        for (var times = 0; times < Deepest && text.Contains('%'); times++)
            text = Decoded(text);
        return text;
    }

    private static string Decoded(string text) => text.Contains('%') ? Uri.UnescapeDataString(text) : text;

    private static bool LooksSecret(string name, string value) =>
        Clocks.Contains(name) ? IsLongNumber(value) && !Time().IsMatch(string.Concat(value.Where(char.IsAsciiDigit)))
        : !HarmlessParameters.Contains(name)
            && (IsLongNumber(value) || (SignIn.Contains(name) && IsSignIn(value))
                || (!Guid.TryParseExact(value, "D", out _) && Run().Matches(value).Any(static run => IsToken(run.ValueSpan))));

    private static bool IsLongNumber(string value) =>
        value.Count(char.IsAsciiDigit) >= LongNumber && Number().IsMatch(value);

    /// <summary>Whether it is long and mixes letters with digits, or small letters with capitals; no path to return to.</summary>
    private static bool IsSignIn(string value) => value.Length >= ShortestSignIn && value[0] != '/'
        && !value.Contains("://", StringComparison.Ordinal) && Mixed().IsMatch(value);

    /// <summary>Whether letters and digits are mixed, in a run that is too long for a word or a number.</summary>
    private static bool IsToken(ReadOnlySpan<char> run)
    {
        var (letters, digits) = (0, 0);
        foreach (var character in run)
        {
            letters += char.IsAsciiLetter(character) ? 1 : 0;
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return run.Length >= ShortestToken && letters >= 3 && digits >= 2;
    }

    [GeneratedRegex(
        """(?<=^|[?&;#\s"'(,{])"""
        + """(?<name>[\p{L}\p{Nd}_.%\[\]\p{Mn}\p{Cf}\p{Cs}\u0000-\u0008\u000E-\u001F\u007F-\u009F-]{1,64})"""
        + """=(?<value>[^&;#\s"'<>]{0,8192})""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    /// <summary>A part of a text whose characters may be percent-encoded. Nothing follows it, so that each is read once.</summary>
    [GeneratedRegex("""[^\s/?&;#="'<>]+""", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"^\+?[\d .-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    /// <summary>Seconds since 1970 in this decade and the next, or smaller units of them; a date, also with a time.</summary>
    [GeneratedRegex(
        "^(?:1[0-9]{9}(?:[0-9]{3}){0,3}|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
        + "(?:(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){0,2}(?:[0-9]{3}){0,2})?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex("[A-Za-z][0-9]|[0-9][A-Za-z]|[a-z][A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Mixed();

    [GeneratedRegex("[A-Za-z0-9]{16,4096}", RegexOptions.CultureInvariant)]
    private static partial Regex Run();
}
