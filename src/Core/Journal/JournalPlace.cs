using System.Globalization;

namespace GuestSessions.Core.Journal;

/// <summary>A place in the journal of all guests: what is older lies before it. Stores give the numbers their meaning.</summary>
/// <param name="Day">The first day of the part that it is in; the first day of all in a store without parts.</param>
/// <param name="Position">At least 0, within the part.</param>
public readonly record struct JournalPlace(DateOnly Day, long Position)
{
    /// <summary>Behind the newest commit.</summary>
    public static JournalPlace Newest { get; } = new(DateOnly.MaxValue, long.MaxValue);

    private const string DayFormat = "yyyyMMdd";

    /// <summary>The form that callers get and send back, such as <c>20261130.4096</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Day.ToString(DayFormat, CultureInfo.InvariantCulture)}.{Position}");

    public static bool TryParse(string text, out JournalPlace place)
    {
        place = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0
            || !DateOnly.TryParseExact(text.AsSpan(0, dot), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return false;
        place = new JournalPlace(day, position);
        return true;
    }
}
