using System.Globalization;
using System.Text;
using GuestSessions.Api.Lists;

namespace GuestSessions.Api.Console;

/// <summary>The last 24 hours of a tenant as the pictures of a page show them.</summary>
/// <param name="Slices">The oldest first; there is none for the time in which no silo ran.</param>
/// <param name="Now">The right edge of the pictures.</param>
public sealed record HistoryModel(IReadOnlyList<HealthSliceBody> Slices, DateTimeOffset Now)
{
    public static readonly TimeSpan Slice = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Shown = TimeSpan.FromHours(24);

    /// <summary>Where a picture begins: a whole hour.</summary>
    public DateTimeOffset From => End - Shown;

    /// <summary>Where a picture ends: the hour that has begun is whole in it.</summary>
    public DateTimeOffset End => new(Now.UtcTicks - Now.UtcTicks % TimeSpan.TicksPerHour + TimeSpan.TicksPerHour, TimeSpan.Zero);

    public IEnumerable<HealthSliceBody> Visible => Slices.Where(slice => slice.From >= From);

    /// <summary>Slices in which something happened or waited.</summary>
    public IEnumerable<HealthSliceBody> Busy => Visible.Where(static slice => slice is not
    {
        Accepted: 0, Delivered: 0, Quarantined: 0, InDoubt: 0, Rejected: 0, Undelivered: 0,
    });
}

/// <summary>One quantity over time, as a line of a picture.</summary>
/// <param name="Kind">The class of its line: <c>first</c>, <c>second</c> or <c>third</c>.</param>
/// <param name="Value">Null where there is nothing to show.</param>
public sealed record HistorySeries(string Name, string Kind, Func<HealthSliceBody, double?> Value)
{
    /// <summary>
    /// Steps as the data of an SVG path, from the left edge at 0 to the right edge at <paramref name="width"/>. A slice that is
    /// missing, or has no value, leaves a gap, whose edges go down to zero, so that a single slice is seen.
    /// </summary>
    /// <param name="top">The value at the upper edge.</param>
    public string PathOf(HistoryModel history, double width, double height, double top)
    {
        var path = new StringBuilder();
        DateTimeOffset? end = null;
        foreach (var slice in history.Visible)
        {
            if (Value(slice) is not { } value)
                continue;
            if (end != slice.From)
                path.Append(end is null ? "" : $"V{N(height)}").Append($"M{N(X(slice.From))} {N(height)}");
            end = slice.From + HistoryModel.Slice;
            path.Append($"V{N(height - Math.Min(1, value / top) * (height - 1))}H{N(X(end.Value))}");
        }

        return (end is null ? path : path.Append($"V{N(height)}")).ToString();

        double X(DateTimeOffset at) => width * (at - history.From).Ticks / (history.End - history.From).Ticks;
    }

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
