using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>
/// A text as people and programs read it: without the escapes of HTML, URLs and programs, and in plain characters. Values are
/// recognised here, and masked in the original, of which the rest stays as it was written.
/// </summary>
internal sealed partial class DecodedText
{
    /// <summary>Maximum number of nested encodings.</summary>
    private const int Deepest = 5;

    /// <summary>Stands in the decoded text for each character that is masked.</summary>
    public const char Masked = '•';

    /// <summary>The code points of HTML's named characters that stand within personal values.</summary>
    private static readonly Dictionary<string, char> Entities = (
        "amp=26 commat=40 period=2E nbsp=20 quot=22 apos=27 lt=3C gt=3E equals=3D colon=3A sol=2F lowbar=5F hyphen=2D dash=2D "
        + "ndash=2D mdash=2D plus=2B percnt=25 shy=AD Tab=9 NewLine=A zwj=200D zwnj=200C thinsp=20 ensp=20 emsp=20")
        .Split(' ').Select(static entity => entity.Split('=')).ToDictionary(
            static parts => parts[0],
            static parts => (char)int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>Characters that mean themselves.</summary>
    private static readonly SearchValues<char> Usual = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static character => (char)character), .. "\t\n\v\f\r"]);

    private readonly string _original;
    private readonly List<(int Start, int End, string Shown)> _masks = [];

    /// <summary>Where each character begins and ends in the original; null when the text is the original.</summary>
    private List<(int Start, int End)>? _places;

    private string _text;

    /// <summary>The decoded text, where something was masked since it was read last.</summary>
    private char[]? _changed;

    private DecodedText(string text) => (_original, _text) = (text, text);

    /// <summary>The decoded text. What is masked already is replaced by dots.</summary>
    public string Text
    {
        get
        {
            if (_changed is not null)
                (_text, _changed) = (new string(_changed), null);
            return _text;
        }
    }

    /// <summary>Decodes a text; null if it is encoded so often that only the intention to hide something explains it.</summary>
    public static DecodedText? Of(string text)
    {
        var decoded = new DecodedText(text);
        if (text.AsSpan().IndexOfAny('&', '%', '\\') >= 0)
        {
            for (var depth = 0; decoded.Replace(EscapeAt); depth++)
            {
                if (depth == Deepest)
                    return null;
            }
        }

        if (HasUnusual(decoded._text))
            decoded.Replace(PlainAt);
        return decoded;
    }

    /// <summary>Whether a text has characters that are not seen, or that are other forms of usual characters.</summary>
    public static bool HasUnusual(string text) => text.AsSpan().ContainsAnyExcept(Usual);

    /// <summary>The same text in plain characters, without those that are not seen.</summary>
    public static string Plain(string text) =>
        HasUnusual(text) ? string.Concat(text.EnumerateRunes().Select(Plain)) : text;

    /// <summary>Masks every match for which there is something to show in its place.</summary>
    public void Mask(Regex shape, Func<Match, string?> show)
    {
        foreach (Match found in shape.Matches(Text))
        {
            if (show(found) is { } shown)
                Mask(found.Index, found.Index + found.Length, shown);
        }
    }

    public void Mask(int start, int end, string shown)
    {
        _masks.Add(_places is null ? (start, end, shown) : (_places[start].Start, _places[end - 1].End, shown));
        (_changed ??= _text.ToCharArray()).AsSpan(start..end).Fill(Masked);
    }

    /// <summary>The original with its masks.</summary>
    public override string ToString()
    {
        if (_masks.Count == 0)
            return _original;
        var result = new StringBuilder();
        var copied = 0;
        foreach (var (start, end, shown) in _masks.OrderBy(static mask => mask.Start).ThenByDescending(static mask => mask.End))
        {
            if (start >= copied)
                result.Append(_original, copied, start - copied).Append(shown);
            else if (end <= copied)
                continue; // Within a mask that is shown already.
            copied = end;
        }

        return result.Append(_original, copied, _original.Length - copied).ToString();
    }

    /// <summary>Whether anything had to be replaced.</summary>
    /// <param name="next">How many characters to read at a place, and what they mean.</param>
    private bool Replace(Func<string, int, (int Length, string Meaning)> next)
    {
        var text = new StringBuilder(_text.Length);
        var places = new List<(int, int)>(_text.Length);
        for (var at = 0; at < _text.Length;)
        {
            var (length, meaning) = next(_text, at);
            var place = _places is null ? (at, at + length) : (_places[at].Start, _places[at + length - 1].End);
            text.Append(meaning);
            for (var character = 0; character < meaning.Length; character++)
                places.Add(place);
            at += length;
        }

        var isSame = text.Equals(_text.AsSpan());
        (_text, _places) = (text.ToString(), places);
        return !isSame;
    }

    private static (int Length, string Meaning) EscapeAt(string text, int at)
    {
        if (text[at] is not ('&' or '%' or '\\') || Escape().Match(text, at) is not { Success: true } found)
            return (1, text[at].ToString());
        if (found.Groups["byte"].Success)
            return Utf8At(text, found);
        if (found.Groups["name"].Success)
            return (found.Length, Entities.TryGetValue(found.Groups["name"].Value, out var known) ? known.ToString() : found.Value);
        var value = found.Groups["hex"].Success
            ? int.Parse(found.Groups["hex"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : int.Parse(found.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture);
        return (found.Length, value <= char.MaxValue ? ((char)value).ToString() : Rune.IsValid(value) ? new Rune(value).ToString() : "?");
    }

    /// <summary>The character whose UTF-8 bytes are percent-encoded one after the other; a lone byte is taken as Latin 1.</summary>
    private static (int Length, string Meaning) Utf8At(string text, Match first)
    {
        Span<byte> bytes = stackalloc byte[4];
        var (count, end, found) = (0, first.Index, first);
        while (count < bytes.Length && found.Success && found.Groups["byte"].Success)
        {
            bytes[count++] = byte.Parse(found.Groups["byte"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            end = found.Index + found.Length;
            if (Rune.DecodeFromUtf8(bytes[..count], out var rune, out _) == OperationStatus.Done)
                return (end - first.Index, rune.ToString());
            if (bytes[0] < 0xC2 || end == text.Length || text[end] != '%')
                break;
            found = Escape().Match(text, end);
        }

        return (first.Length, ((char)bytes[0]).ToString());
    }

    private static (int Length, string Meaning) PlainAt(string text, int at) =>
        Rune.TryGetRuneAt(text, at, out var rune) ? (rune.Utf16SequenceLength, Plain(rune)) : (1, text[at].ToString());

    /// <summary>Full-width forms, digits of every script, dashes and blanks in ASCII; nothing for what is not seen.</summary>
    private static string Plain(Rune rune) => rune.Value switch
    {
        >= '\t' and <= '\r' => rune.ToString(),
        < ' ' or (>= 0x7F and <= 0x9F) => "",
        < 0x7F => rune.ToString(),
        >= 0xFF01 and <= 0xFF5E => ((char)(rune.Value - 0xFEE0)).ToString(),
        0x3002 or 0xFF61 or 0xFE52 or 0x2024 or 0xB7 or 0x2219 or 0x22C5 or 0x30FB => ".",
        (>= 0x2010 and <= 0x2015) or 0x2212 or 0xFE58 or 0xFE63 => "-",
        0xFE6B => "@",
        0x2044 or 0x2215 => "/",
        0x2800 => " ", // Braille without dots.
        // Variation selectors, joiners, fillers of Hangul and Khmer, and tags, of which some have no category yet.
        (>= 0xFE00 and <= 0xFE0F) or (>= 0x180B and <= 0x180F) or 0x34F or 0x115F or 0x1160 or 0x3164 or 0xFFA0 => "",
        0x17B4 or 0x17B5 or 0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => "",
        >= 0x1D400 and <= 0x1D6A3 => MathematicalLetter(rune.Value - 0x1D400),
        _ when Rune.IsWhiteSpace(rune) => " ",
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Format => "",
            UnicodeCategory.DecimalDigitNumber => Rune.GetNumericValue(rune).ToString(CultureInfo.InvariantCulture),
            _ => rune.ToString(),
        },
    };

    /// <summary>Bold, italic and other alphabets, each of which has 26 capital letters and 26 small ones.</summary>
    private static string MathematicalLetter(int at) => ((char)(at % 52 < 26 ? 'A' + (at % 26) : 'a' + (at % 26))).ToString();

    /// <summary>An escape, with the escapes of its own mark: <c>%2540</c> and <c>&amp;amp;#64;</c> too.</summary>
    [GeneratedRegex(
        @"\G(?:&(?:amp;)*(?:#[xX]0*(?<hex>[0-9A-Fa-f]{1,6});?|#0*(?<number>[0-9]{1,7});?"
        + @"|(?<name>amp|commat|period|nbsp|quot|apos|lt|gt|equals|colon|sol|lowbar|hyphen|dash|ndash|mdash|plus|percnt|shy|Tab"
        + @"|NewLine|zwj|zwnj|thinsp|ensp|emsp);)"
        + @"|%(?:25)*(?:[uU](?<hex>[0-9A-Fa-f]{4})|(?<byte>[0-9A-Fa-f]{2}))"
        + @"|\\{1,16}(?:u(?<hex>[0-9A-Fa-f]{4})|u\{0*(?<hex>[0-9A-Fa-f]{1,6})\}|x(?<hex>[0-9A-Fa-f]{2})))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
