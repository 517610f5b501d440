using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using GuestSessions.Core.Events;

namespace GuestSessions.Api.Ingress;

/// <summary>
/// The event in the query of the GET form, decoded from the raw query. Pages that still use <c>escape()</c> write
/// <c>caf%E9</c> and <c>price%u20AC5</c>. A decoder of UTF-8 cannot read these and would leave them encoded.
/// </summary>
internal sealed partial class QueryMessage
{
    private const string Name = "message";

    /// <summary>Bytes of a character in UTF-8.</summary>
    private const int LongestRune = 4;

    private readonly string _raw;
    private readonly byte[] _bytes;

    private QueryMessage(string raw)
    {
        _raw = raw;
        _bytes = Bytes(raw, out var isEscaped);
        var isUtf8 = !isEscaped && Utf8.IsValid(_bytes);
        Json = isUtf8 ? _bytes : Escaped();
        if (CutEscape().IsMatch(raw) || (!isUtf8 && IsAmbiguous(isEscaped)))
            Damage = new Violation(
                EventCodes.AmbiguousEncoding, "/message", "Expected percent-encoded UTF-8; the text has another encoding.");
    }

    /// <summary>The decoded message, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Why the decoded message is uncertain; null if it is certain.</summary>
    public Violation? Damage { get; }

    /// <summary>Whether the query has exactly one message, and it is not empty.</summary>
    /// <param name="query">The raw query with its question mark.</param>
    /// <param name="message">The message.</param>
    public static bool TryRead(string? query, [NotNullWhen(true)] out QueryMessage? message)
    {
        string? found = null;
        foreach (var pair in (query ?? "").TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !Uri.UnescapeDataString(pair[..equals]).Equals(Name, StringComparison.OrdinalIgnoreCase))
                continue;
            message = null;
            if (found is not null)
                return false;
            found = pair[(equals + 1)..];
        }

        message = string.IsNullOrEmpty(found) ? null : new QueryMessage(found);
        return message is not null;
    }

    /// <summary>Decodes percent-encoded bytes, and plus signs as spaces; a lone percent sign stands for itself.</summary>
    private static byte[] Bytes(string raw, out bool isEscaped)
    {
        var bytes = new List<byte>(raw.Length);
        isEscaped = false;
        Span<byte> encoded = stackalloc byte[4];
        for (var at = 0; at < raw.Length; at++)
        {
            if (IsUnit(raw, at))
                isEscaped = true;
            if (raw[at] == '%' && TryHex(raw, at + 1, 2, out var value))
            {
                bytes.Add((byte)value);
                at += 2;
            }
            else if (char.IsAscii(raw[at]))
                bytes.Add(raw[at] == '+' ? (byte)' ' : (byte)raw[at]);
            else if (Rune.TryGetRuneAt(raw, at, out var rune))
            {
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                at += rune.Utf16SequenceLength - 1;
            }
        }

        return [.. bytes];
    }

    /// <summary>Decodes the form of <c>escape()</c>: one code unit per percent sign; a plus sign is literal.</summary>
    private byte[] Escaped()
    {
        var text = new StringBuilder(_raw.Length);
        for (var at = 0; at < _raw.Length; at++)
        {
            if (IsUnit(_raw, at) && TryHex(_raw, at + 2, 4, out var unit))
            {
                text.Append((char)unit);
                at += 5;
            }
            else if (_raw[at] == '%' && TryHex(_raw, at + 1, 2, out var value))
            {
                text.Append((char)value);
                at += 2;
            }
            else
                text.Append(_raw[at]);
        }

        return Encoding.UTF8.GetBytes(WithoutHalves(text));
    }

    /// <summary>Escapes half of a surrogate pair, so that the JSON reader reports it.</summary>
    private static string WithoutHalves(StringBuilder text)
    {
        var whole = text.ToString();
        var safe = new StringBuilder(whole.Length);
        for (var at = 0; at < whole.Length; at++)
        {
            if (!char.IsSurrogate(whole[at]))
                safe.Append(whole[at]);
            else if (at + 1 < whole.Length && char.IsSurrogatePair(whole[at], whole[at + 1]))
                safe.Append(whole, at++, 2);
            else
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)whole[at]:x4}");
        }

        return safe.ToString();
    }

    /// <summary>
    /// <c>escape()</c> writes no control characters of Latin-1, no UTF-8, and a space as %20. Text that breaks these rules
    /// has another origin, or was encoded several times.
    /// </summary>
    private bool IsAmbiguous(bool isEscaped)
    {
        if (!isEscaped && _raw.Contains('+', StringComparison.Ordinal) && !_raw.Contains("%20", StringComparison.Ordinal))
            return true;
        for (var at = 0; at < _bytes.Length; at++)
        {
            if (_bytes[at] is >= 0x80 and < 0xA0)
                return true;
            if (_bytes[at] >= 0xC2 && MayBeUtf8(_bytes.AsSpan(at, Math.Min(LongestRune, _bytes.Length - at))))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A character of UTF-8, or one that was cut at the end of its text. A single byte there is more often a letter of Latin-1
    /// (<c>café</c>), unless it begins an accented letter, a quotation mark or an emoji in UTF-8.
    /// </summary>
    private static bool MayBeUtf8(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'"');
        var text = end < 0 ? bytes : bytes[..end];
        return Rune.DecodeFromUtf8(text, out _, out _) switch
        {
            OperationStatus.Done => true,
            OperationStatus.NeedMoreData => text.Length > 1 || text[0] is 0xC2 or 0xC3 or 0xE2 or 0xF0,
            _ => false,
        };
    }

    /// <summary>An escape that was cut at the end of its text.</summary>
    [GeneratedRegex("%(?:[uU][0-9A-Fa-f]{0,3}|[0-9A-Fa-f])(?:\"|%22)", RegexOptions.CultureInvariant)]
    private static partial Regex CutEscape();

    private static bool IsUnit(string raw, int at)
        => raw[at] == '%' && at + 1 < raw.Length && raw[at + 1] is ('u' or 'U') && TryHex(raw, at + 2, 4, out _);

    private static bool TryHex(string raw, int at, int digits, out int value)
    {
        value = 0;
        return at + digits <= raw.Length
            && int.TryParse(raw.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
