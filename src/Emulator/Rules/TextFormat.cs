using System.Globalization;

namespace GuestSessions.Emulator.Rules;

/// <summary>The required format of a text.</summary>
/// <param name="Expected">In words.</param>
internal sealed record TextFormat(string Expected, Func<string, bool> Holds)
{
    public static readonly TextFormat Language =
        new("two upper-case letters, as of ISO 639-1", text => IsUpperCase(text, 2));

    public static readonly TextFormat Currency =
        new("three upper-case letters, as of ISO 4217", text => IsUpperCase(text, 3));

    public static readonly TextFormat Country =
        new("two upper-case letters, as of ISO 3166-1", text => IsUpperCase(text, 2));

    public static readonly TextFormat Airport =
        new("three upper-case letters, as of IATA", text => IsUpperCase(text, 3));

    public static readonly TextFormat UpperCase =
        new("upper case", text => !text.Any(char.IsLower));

    /// <summary>Local time without a zone.</summary>
    public static readonly TextFormat Minute = new("YYYY-MM-DDThh:mm", text =>
        DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    public static readonly TextFormat Instant = new("a date and time as of ISO 8601", text =>
        text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));

    private static bool IsUpperCase(string text, int length) =>
        text.Length == length && text.All(char.IsAsciiLetterUpper);
}
