using System.Text;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks numbers of payment cards and bank accounts within a text, whatever stands before and after them. Check digits
/// decide where a number ends, so that an expiry date or a word after it does not hide it from the mask.
/// </summary>
internal static partial class PaymentNumbers
{
    private const int ShortestCard = 13;
    private const int LongestCard = 19;

    /// <summary>Words after a short word and a number have fewer digits than any bank account.</summary>
    private const int FewestDigitsOfAccount = 10;

    /// <summary>No number begins within a UUID.</summary>
    private const string Uuid =
        "(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])";

    /// <summary>Length of account numbers by country (ISO 13616, and countries that use its form).</summary>
    private static readonly Dictionary<string, int> AccountLengths = (
        "AD24 AE23 AL28 AO25 AT20 AZ28 BA20 BE16 BF28 BG22 BH22 BI27 BJ28 BR29 BY28 CF27 CG27 CH21 CI28 CM27 CR22 CV25 "
        + "CY28 CZ24 DE22 DJ27 DK18 DO28 DZ26 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GA27 GB22 GE22 GI23 GL18 GQ27 GR27 GT28 "
        + "GW25 HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 KM27 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 "
        + "MC27 MD24 ME22 MG27 MK19 ML28 MN20 MR27 MT31 MU30 MZ25 NE28 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 "
        + "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SN28 SO23 ST25 SV28 TD27 TG28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
        + "YE30").Split(' ').ToDictionary(static entry => entry[..2], static entry => int.Parse(entry.AsSpan(2), null));

    /// <summary>The text with its numbers masked; the same instance if there are none.</summary>
    public static string Mask(string text)
    {
        if (text.Length < ShortestCard || DecodedText.Of(text) is not { } decoded)
            return text;
        Mask(decoded);
        return decoded.ToString();
    }

    public static void Mask(DecodedText text)
    {
        Mask(text, Account(), AccountAt);
        Mask(text, Card(), CardAt);
    }

    /// <param name="begins">Where a number may begin.</param>
    /// <param name="lengthAt">The length of the number that begins there; 0 if there is none.</param>
    private static void Mask(DecodedText decoded, Regex begins, Func<string, int, int> lengthAt)
    {
        var text = decoded.Text;
        for (var found = begins.Match(text); found.Success;)
        {
            // A UUID begins there, if the match is longer than nothing.
            var length = found.Length > 0 ? 0 : lengthAt(text, found.Index);
            if (length > 0)
                decoded.Mask(found.Index, found.Index + length, Masking.Hidden);
            found = begins.Match(text, found.Index + Math.Max(length, Math.Max(found.Length, 1)));
        }
    }

    private static int AccountAt(string text, int start)
    {
        if (!AccountLengths.TryGetValue(text.Substring(start, 2).ToUpperInvariant(), out var length))
            return 0;
        var plain = new StringBuilder(length);
        for (var at = start; at < text.Length && plain.Length < length; at++)
        {
            if (char.IsAsciiLetterOrDigit(text[at]))
                plain.Append(char.ToUpperInvariant(text[at]));
            else if (!IsSeparator(text[at]) && !(IsMark(text[at]) && (plain.Length % 4 == 0 || plain.Length == 2)))
                return 0;
            if (plain.Length == length)
            {
                var account = plain.ToString();
                var isWord = !char.IsAsciiDigit(text[start + 2]) && account.Count(char.IsAsciiDigit) < FewestDigitsOfAccount;
                return !isWord && IsAccount(account) ? at + 1 - start : 0;
            }
        }

        return 0;
    }

    /// <summary>ISO 13616: with the first four characters last and letters as numbers, the remainder by 97 is 1.</summary>
    private static bool IsAccount(string plain)
    {
        var rest = 0;
        foreach (var character in plain[4..] + plain[..4])
        {
            rest = char.IsAsciiDigit(character)
                ? ((rest * 10) + (character - '0')) % 97
                : ((rest * 100) + (character - 'A' + 10)) % 97;
        }

        return rest == 1;
    }

    /// <summary>The length of the longest card number that begins here and ends with a group of digits.</summary>
    private static int CardAt(string text, int start)
    {
        var digits = new StringBuilder(LongestCard);
        var isStrict = start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '+');
        var (longest, shortestGroup, group) = (0, int.MaxValue, 0);
        for (var at = start; at < text.Length && digits.Length < LongestCard; at++)
        {
            if (IsSeparator(text[at]) || IsMark(text[at]))
            {
                isStrict |= IsMark(text[at]);
                shortestGroup = group > 0 ? Math.Min(shortestGroup, group) : shortestGroup;
                group = 0;
                continue;
            }

            if (!char.IsAsciiDigit(text[at]))
                break;
            digits.Append(text[at]);
            group++;
            if (EndsAt(text, at) && digits.Length >= ShortestCard && IsCard(digits.ToString())
                && ((shortestGroup >= 4 && digits.Length > ShortestCard) || (!isStrict && IsAlone(text, start, at))))
                longest = at + 1 - start;
        }

        return longest;
    }

    private static bool EndsAt(string text, int at) => at + 1 == text.Length || !char.IsDigit(text[at + 1]);

    /// <summary>
    /// Whether no other number is next to it. In a list of small numbers, for example sizes, some would look like a card.
    /// </summary>
    private static bool IsAlone(string text, int start, int end)
    {
        while (start > 0 && IsSeparator(text[start - 1]))
            start--;
        while (end + 1 < text.Length && IsSeparator(text[end + 1]))
            end++;
        return (start == 0 || !char.IsAsciiDigit(text[start - 1])) && (end + 1 == text.Length || !char.IsAsciiDigit(text[end + 1]));
    }

    private static bool IsCard(string digits) => HasIssuer(digits) && Luhn(digits);

    /// <summary>Length and first digits of Visa, Mastercard, American Express, Diners, Discover, JCB, Maestro.</summary>
    private static bool HasIssuer(string digits) => digits.Length switch
    {
        13 => digits[0] == '4' && !IsArticle(digits),
        14 => digits[0] == '3' && digits[1] is '0' or '6' or '8' or '9',
        15 => digits[0] == '3' && digits[1] is '4' or '7',
        >= 16 and <= 19 => digits[0] is '4' or '5' or '6' || digits.StartsWith("35", StringComparison.Ordinal)
            || (digits.Length == 16 && string.CompareOrdinal(digits[..4], "2221") >= 0
                && string.CompareOrdinal(digits[..4], "2720") <= 0),
        _ => false,
    };

    /// <summary>Whether it has the check digit of an EAN, which goods have more often than cards have 13 digits.</summary>
    private static bool IsArticle(string digits) =>
        digits.Select(static (digit, at) => (digit - '0') * (at % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = digits[^(at + 1)] - '0';
            var counted = at % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0;
    }

    private static bool IsSeparator(char character) => character == '-' || char.IsWhiteSpace(character);

    /// <summary>Separators only between groups of four or more: elsewhere they separate amounts, dates and sizes.</summary>
    private static bool IsMark(char character) => character is '.' or '_' or '/' or '|' or '*' or '+' or '~' or ':';

    // Not within letters and digits that are mixed, as in a hash; letters alone may stand before it.
    [GeneratedRegex(
        Uuid + @"|(?<![0-9][A-Za-z]{0,8})(?=[A-Za-z]{2}[\s./_|*+~:-]{0,2}[0-9]{2}[\s./_|*+~:-]{0,2}[A-Za-z0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    // Not within a number, but for zeros before it, and not its decimals.
    [GeneratedRegex(
        Uuid + @"|(?:(?<![0-9]|[0-9]\.)|(?<=(?<![0-9.])0{1,30}))(?=[0-9](?:[\s./_|*+~:-]{0,3}[0-9]){12})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Card();
}
