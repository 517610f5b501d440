using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks a value whose name is itself a value, as in fields of forms: <c>name="password" value="…"</c>,
/// <c>&lt;key&gt;password&lt;/key&gt;&lt;string&gt;…</c>, parts of a form, and JSON that is cut off.
/// </summary>
internal static partial class NamedPairs
{
    private const string NameOfName = @"(?<![\p{L}\p{Nd}_])(?:name|key|field|fieldName|id|property|param|parameter|attribute|header)";
    private const string NameOfValue = @"(?<![\p{L}\p{Nd}_])(?:value|val|content|answer|(?:old|new|string)_?value)";
    private const string Sign = @"\\{0,8}[""'`]?\s{0,8}[:=]\s{0,8}";
    private const string Name = @"\\{0,8}(?>[""'`](?<name>[^""'`<>{}\r\n\\]{1,64})\\{0,8}[""'`]|(?<name>[\p{L}\p{Nd}_.$\[\]-]{1,64}))";

    public static void Mask(DecodedText text)
    {
        foreach (var form in (Regex[])[NameFirst(), ValueFirst(), Elements(), Multipart()])
        {
            var all = text.Text;
            for (var found = form.Match(all); found.Success;)
            {
                var isPersonal = PersonalName.IsNameOfValue(found.Groups["name"].Value);
                found = form.Match(all, isPersonal ? MaskValue(text, all, found) : found.Index + 1);
            }
        }
    }

    /// <summary>Masks the value of a match; where to read on.</summary>
    private static int MaskValue(DecodedText text, string all, Match found)
    {
        var value = found.Groups["value"];
        var (from, to) = value.Success
            ? (value.Index, value.Index + value.Length)
            : NamedValues.ValueAt(all, found.Index + found.Length, all.Length, isParameter: false);
        if (from == to || NamedValues.Shown(found.Groups["name"].Value, all[from..to]) is not { } shown)
            return found.Index + 1;
        text.Mask(from, to, shown);
        return Math.Max(to, found.Index + found.Length);
    }

    [GeneratedRegex(
        NameOfName + Sign + Name + @"[^<>{}]{0,128}?" + NameOfValue + Sign,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NameFirst();

    [GeneratedRegex(
        NameOfValue + Sign + @"\\{0,8}(?<quote>[""'`])(?<value>(?:(?!\k<quote>)[^<>{}]){1,8192}?)\\{0,8}\k<quote>[\s,;]{1,8}\\{0,8}[""'`]?"
        + NameOfName + Sign + Name,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ValueFirst();

    [GeneratedRegex(
        @"<(?:name|key|field)>\s{0,8}(?<name>[^<>\r\n]{1,64}?)\s{0,8}</(?:name|key|field)>\s{0,8}<(?:value|string|val)[^<>]{0,64}>"
        + @"(?<value>[^<]{1,8192})",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Elements();

    /// <summary>A part of a form: its value stands after an empty line.</summary>
    [GeneratedRegex(
        @"name=\\{0,8}""(?<name>[^""<>\r\n\\]{1,64})\\{0,8}""[^\r\n]{0,128}(?:\r?\n[^\r\n]{1,128}){0,4}(?:\r?\n){2}(?<value>[^\r\n]{1,8192})",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Multipart();
}
