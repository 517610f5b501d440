using System.Globalization;
using System.Text;

namespace GuestSessions.Core.Events.Rules;

/// <summary>The time formats in events.</summary>
internal static class Times
{
    public const string MinutesFormat = "yyyy-MM-dd'T'HH:mm";
    public const int MinutesLength = 16;

    private const string UtcFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] Local =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly string[] DateOrLocal = [.. Local, "yyyy-MM-dd"];

    public static bool IsInUtc(ReadOnlySpan<byte> utf8)
        => Rfc3339.TryParse(utf8, out var time) && time.Offset == TimeSpan.Zero;

    public static bool IsWithoutOffset(ReadOnlySpan<byte> utf8) => TryParse(Encoding.UTF8.GetString(utf8), Local, out _);

    /// <summary>Whether a text is a time to the minute without a zone.</summary>
    public static bool IsToMinute(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length != MinutesLength)
            return false;
        Span<char> text = stackalloc char[MinutesLength];
        return DateTime.TryParseExact(text[..Encoding.UTF8.GetChars(utf8, text)], MinutesFormat,
            CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    /// <summary>The same time in UTC; null if the text has no valid time with an offset.</summary>
    public static string? ToUtc(string text) => Rfc3339.TryParse(text, out var time)
        ? time.UtcDateTime.ToString(UtcFormat, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The same time to the minute; null if that would lose seconds.</summary>
    /// <param name="text">A date, or a time with or without seconds.</param>
    /// <param name="zone">Whether to accept a date alone, and a time that ends in Z.</param>
    public static string? ToMinutes(string text, bool zone)
    {
        var local = zone && text.EndsWith('Z') ? text[..^1] : text;
        return TryParse(local, zone ? DateOrLocal : Local, out var time)
            && time.TimeOfDay.Ticks % TimeSpan.TicksPerMinute == 0
            ? time.ToString(MinutesFormat, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>
    /// The minute in which a time lies, in UTC; the same text if it says just that. Without an offset it is UTC already.
    /// </summary>
    public static string? ToUtcMinutes(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return null;
        Span<char> minutes = stackalloc char[MinutesLength];
        _ = time.UtcDateTime.TryFormat(minutes, out _, MinutesFormat, CultureInfo.InvariantCulture);
        return minutes.SequenceEqual(text) ? text : minutes.ToString();
    }

    private static bool TryParse(string text, string[] formats, out DateTime time)
        => DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
