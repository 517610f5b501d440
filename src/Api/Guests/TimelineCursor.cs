using System.Globalization;

namespace GuestSessions.Api.Guests;

/// <summary>
/// How far each line of a guest has been read: its own, then those of the browsers it was named for, in the order of
/// linking. As text <c>17</c>, or <c>17.3.0</c>; a line linked since the last page starts at its beginning.
/// </summary>
internal sealed class TimelineCursor
{
    /// <summary>The guest's own line and the maximum of linked lines that are read with it.</summary>
    private const int MostLines = 1_001;

    private readonly long[] _after;

    private TimelineCursor(long[] after) => _after = after;

    public static TimelineCursor Start { get; } = new([0]);

    /// <param name="line">0 is the guest's own line.</param>
    public long After(int line) => line < _after.Length ? _after[line] : 0;

    public static TimelineCursor Of(IEnumerable<long> after) => new([.. after]);

    /// <summary>Null when the text is not a cursor.</summary>
    public static TimelineCursor? Read(string text)
    {
        var parts = text.Split('.');
        var after = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out after[i]))
                return null;
        }

        return parts.Length <= MostLines ? new TimelineCursor(after) : null;
    }

    public override string ToString() =>
        string.Join('.', _after.Select(static after => after.ToString(CultureInfo.InvariantCulture)));
}
