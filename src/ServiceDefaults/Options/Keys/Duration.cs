using System.Globalization;
using System.Text.RegularExpressions;

namespace GuestSessions.ServiceDefaults.Options.Keys;

/// <summary>
/// The form of durations in options: <c>[days.]hours:minutes:seconds[.fraction]</c>, or <c>0</c>. .NET accepts more forms,
/// but not as people mean them: <c>5</c> as five days, <c>5:00</c> as five hours, <c>24:00:00</c> as 24 days.
/// </summary>
internal static partial class Duration
{
    /// <returns>What is wrong with the text and what was probably meant; null when it is well-formed.</returns>
    public static string? Complaint(string text)
    {
        var value = text.Trim();
        if (value == "0" || Form().IsMatch(value))
            return null;
        var read = TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var duration)
            ? $"\"{text}\" would be read as {InWords(duration)}"
            : $"\"{text}\" is not a duration";
        return Meant(value) is { } meant
            ? $"{read}; write {meant:c} for {InWords(meant)} (hh:mm:ss, or d.hh:mm:ss)."
            : $"{read}; write it as hh:mm:ss, or d.hh:mm:ss, like 00:00:05.";
    }

    private static TimeSpan? Meant(string value)
    {
        if (Amount().Match(value) is { Success: true } amount
            && double.TryParse(amount.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) && number < 1_000_000)
        {
            return amount.Groups[2].Value.ToUpperInvariant() switch
            {
                "MS" => TimeSpan.FromMilliseconds(number),
                "M" or "MIN" or "MINS" or "MINUTE" or "MINUTES" => TimeSpan.FromMinutes(number),
                "H" or "HOUR" or "HOURS" => TimeSpan.FromHours(number),
                "D" or "DAY" or "DAYS" => TimeSpan.FromDays(number),
                _ => TimeSpan.FromSeconds(number),
            };
        }

        if (Parts().Match(value) is not { Success: true } parts)
            return null;
        var figures = parts.Groups[1].Captures.Select(static part => int.Parse(part.ValueSpan, CultureInfo.InvariantCulture))
            .ToList();
        return figures.Count == 2
            ? new TimeSpan(0, figures[0], figures[1])
            : new TimeSpan(figures[0], figures[1], figures[2]);
    }

    private static string InWords(TimeSpan duration)
    {
        (int Number, string Unit)[] parts =
        [
            (duration.Days, "day"), (duration.Hours, "hour"), (duration.Minutes, "minute"), (duration.Seconds, "second"),
            (duration.Milliseconds, "millisecond"),
        ];
        var said = parts.Where(static part => part.Number != 0)
            .Select(static part => $"{part.Number} {part.Unit}{(part.Number == 1 ? "" : "s")}");
        return string.Join(", ", said.DefaultIfEmpty("nothing"));
    }

    [GeneratedRegex(@"^(\d{1,7}\.)?([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(
        "^(?:PT)?([0-9]+(?:[.][0-9]+)?) ?(ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^(?:(\d{1,5})(?::|$)){2,3}(?<!:)$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
