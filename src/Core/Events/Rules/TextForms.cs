using System.Text;

namespace GuestSessions.Core.Events.Rules;

/// <summary>
/// The forms that texts have. Codes of languages, currencies and countries are checked by shape, not against a
/// registry: registries change, and a wrong rejection would cost an event.
/// </summary>
internal static class TextForms
{
    public static TextForm NotEmpty { get; } =
        new(EventCodes.InvalidValue, "a string that is not empty", static text => !text.IsEmpty);

    /// <summary>An id or a name that machines compare.</summary>
    public static TextForm Code { get; } =
        NotEmpty with { IsCode = true, ShownAsSent = true, Longest = TextForm.LongestName };

    /// <summary>The same, but it may be empty.</summary>
    public static TextForm OptionalCode { get; } = Code with { Accepts = static _ => true };

    /// <summary>The vendor recommends upper case. The name is the tenant's own, so it is not changed.</summary>
    public static TextForm UpperCase { get; } = new(
        EventCodes.InvalidValue, "a string in upper case",
        static text => !text.IsEmpty && !text.ContainsAnyInRange((byte)'a', (byte)'z'))
    {
        Advised = true,
        Shown = true,
        IsCode = true,
        Longest = TextForm.LongestName,
    };

    /// <summary>
    /// The vendor's own starter kits send locales, and the upstream accepts an event without any language, so an
    /// invalid language is only a warning.
    /// </summary>
    public static TextForm Language { get; } =
        Letters(EventCodes.InvalidLanguage, 2, "a language of ISO 639-1 in upper case, like EN") with
        {
            Advised = true,
            AcceptsEmpty = true,
            Fix = Languages.Primary,
        };

    public static TextForm Currency { get; } =
        Letters(EventCodes.InvalidCurrency, 3, "a currency of ISO 4217 in upper case, like EUR");

    public static TextForm Country { get; } =
        Letters(EventCodes.InvalidValue, 2, "a country of ISO 3166-1 alpha-2 in upper case, like IE");

    public static TextForm Airport { get; } =
        Letters(EventCodes.InvalidValue, 3, "an airport's three letters of IATA in upper case, like DUB");

    /// <summary>A UUID in lower case, as the upstream issues them; capitals say the same.</summary>
    public static TextForm BrowserId { get; } = new(
        EventCodes.InvalidBrowserId, "a UUID issued by the Stream API",
        static text => BrowserIds.IsOne(text) && !text.ContainsAnyInRange((byte)'A', (byte)'F'))
    {
        IsCode = true,
        ShownAsSent = true,
        Fix = static text => text.ToLowerInvariant(),
    };

    public static TextForm RequestedAt { get; } = new(
        EventCodes.InvalidRequestedAt, "a time in UTC, like 2026-11-23T10:15:30.120Z",
        static text => Times.IsInUtc(text))
    { IsCode = true };

    /// <summary>
    /// A point in time. The pages show UTC. A time with another offset is sent as UTC. A time without an offset is
    /// still ISO 8601 and is sent as it is.
    /// </summary>
    public static TextForm Moment { get; } = new(
        EventCodes.InvalidValue, "a time in UTC, like 2026-11-23T10:15:30.120Z",
        static text => Times.IsInUtc(text) || Times.IsWithoutOffset(text))
    {
        Shown = true,
        IsCode = true,
        Fix = Times.ToUtc,
    };

    /// <summary>A local time, which an offset would contradict.</summary>
    public static TextForm LocalTime { get; } = Minutes("a local time without zone, like 2026-11-23T10:15") with
    {
        Shown = true,
        Fix = static text => Times.ToMinutes(text, zone: false),
    };

    /// <summary>The SDKs accept only this form; the pages show dates and times with seconds too.</summary>
    public static TextForm DateOfBirth { get; } = Minutes("a date like 1990-02-03T00:00") with
    {
        Fix = static text => Times.ToMinutes(text, zone: true),
    };

    /// <summary>One value of a list, matched without case.</summary>
    public static TextForm OneOf(string code, params string[] values) => new(
        code, $"one of {string.Join(", ", values)}",
        Among([.. values.Select(Encoding.UTF8.GetBytes)]))
    {
        Shown = true,
        IsCode = true,
        Longest = TextForm.LongestName,
        Values = values,
        Fix = text => values.FirstOrDefault(
            value => value.Equals(text, StringComparison.OrdinalIgnoreCase)),
    };

    private static Utf8Test Among(byte[][] values) => text =>
    {
        foreach (var value in values)
        {
            if (text.SequenceEqual(value))
                return true;
        }

        return false;
    };

    private static TextForm Letters(string code, int count, string expected) => new(
        code, expected, text => text.Length == count && !text.ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
    {
        Shown = true,
        IsCode = true,
        Longest = TextForm.LongestName,
        Fix = static text => text.ToUpperInvariant(),
    };

    private static TextForm Minutes(string expected) => new(
        EventCodes.InvalidValue, expected, static text => Times.IsToMinute(text))
    { IsCode = true };
}
