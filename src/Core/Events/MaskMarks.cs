using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GuestSessions.Core.Events;

/// <summary>
/// The marks of the masked views. A value copied from one of them must never become a customer's data: two people
/// with the same mask would become one.
/// </summary>
public static partial class MaskMarks
{
    /// <summary>What stands for the hidden part of a value.</summary>
    public const string Hidden = "•••";

    private const char Mark = '•';
    private const string Detail = "Expected the original value; got a masked one (•••).";

    /// <summary>
    /// The first place in a value that contains a mark, in a name or a string at any depth; null if none does.
    /// </summary>
    /// <param name="path">The value's own path.</param>
    public static Violation? Find(JsonElement value, string path) => Find(value, path, IsMarked);

    /// <summary>The first place that contains a whole mask. A single bullet can be a legitimate part of a title.</summary>
    public static Violation? FindMask(JsonElement value, string path)
    {
        // Almost no event has one, so the raw text is checked before its values.
        var text = JsonMarshal.GetRawUtf8Value(value);
        return text.IndexOf("•"u8) < 0 && text.IndexOf(@"\u2022"u8) < 0
            ? null
            : Find(value, path, static text => text.Contains(Hidden, StringComparison.Ordinal));
    }

    public static bool IsMarked(string text) =>
        text.Contains(Mark) || (text.AsSpan().IndexOfAny('&', '%', '\\') >= 0 && Escaped().IsMatch(text));

    /// <summary>Escaped forms of the mark, however often they were escaped: in HTML, in a URL, in source code.</summary>
    [GeneratedRegex(
        @"&(?:amp;)*(?:bull;|#0*8226(?![0-9])|#x0*2022(?![0-9A-F]))"
        + @"|%(?:25)*(?:u2022|E2%(?:25)*80%(?:25)*A2)"
        + @"|\\u(?:2022|\{0*2022\})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    private static Violation? Find(JsonElement value, string path, Func<string, bool> isMarked)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when isMarked(value.GetString()!):
                return new Violation(EventCodes.MaskedValue, path, Detail);
            case JsonValueKind.Array:
                return value.EnumerateArray().Select((item, index) => Find(item, JsonPointer.To(path, index), isMarked))
                    .FirstOrDefault(static found => found is not null);
            case JsonValueKind.Object:
                return value.EnumerateObject()
                    .Select(member => isMarked(member.Name)
                        ? new Violation(EventCodes.MaskedValue, path, Detail)
                        : Find(member.Value, JsonPointer.To(path, member.Name), isMarked))
                    .FirstOrDefault(static found => found is not null);
            default:
                return null;
        }
    }
}
