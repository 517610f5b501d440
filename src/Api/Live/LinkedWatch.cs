using System.Globalization;
using GuestSessions.Api.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Live;

/// <summary>
/// Watches a guest and the latest browsers it was named for as one. It waits for changes of the guest's own line. The other
/// lines accept no more events and only deliver what they have, so it polls them in between.
/// </summary>
internal sealed class LinkedWatch(GuestGrains guests, string tenant, string guest)
{
    /// <summary>How long to wait for the guest's own line if there are others to poll.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Null when the guest was never seen.</summary>
    public async Task<WatchedPage?> WatchAsync(WatchedPlace after, TimeSpan patience)
    {
        var wait = after.HasLines && patience > LookEvery ? LookEvery : patience;
        if (await guests.For(tenant, guest).WatchAsync(after.Own, wait) is not { } own)
            return null;
        var skipped = Math.Max(0, own.Lines.Count - LinkedGuests.LinesOfGuest);
        string[] lines = own.IsFull ? [] : [.. own.Lines.Skip(skipped)];
        var pages = await Task.WhenAll(lines.Select((line, index) =>
            guests.For(tenant, line).WatchAsync(after.Of(skipped + index), TimeSpan.Zero)));
        LivePage[] known = [own, .. pages.Select(static page => page ?? new LivePage(0, []))];
        return new WatchedPage(
            WatchedPlace.Of(known.Select(static page => page.Place), skipped),
            [.. known.SelectMany((page, index) => page.Events.Select(@event =>
                    GuestBodies.From(@event) with { Line = index == 0 ? null : lines[index - 1] }))
                .OrderBy(static item => item.ReceivedAt)],

            // The earlier events of a newly linked browser are in the timeline from now on.
            HasGap: known.Any(static page => page.HasGap) || (after.Own is not null && after.Lines < skipped + lines.Length),
            IsFull: known.Any(static page => page.IsFull));
    }
}

/// <param name="Place">Where the next page begins.</param>
/// <param name="HasGap">The reader has to read the timeline anew.</param>
internal sealed record WatchedPage(WatchedPlace Place, IReadOnlyList<EventItem> Events, bool HasGap, bool IsFull);

/// <summary>
/// How far each line of a guest was watched: its own, then those of its latest browsers in the order of linking. As text
/// <c>17</c>, or <c>17.3.0</c>; if earlier browsers are not watched, <c>17+86.3.0</c> gives their number.
/// </summary>
internal sealed class WatchedPlace
{
    private readonly long[] _places;
    private readonly int _skipped;

    private WatchedPlace(long[] places, int skipped) => (_places, _skipped) = (places, skipped);

    /// <summary>The current place, where a new watch begins.</summary>
    public static WatchedPlace Now { get; } = new([], 0);

    public long? Own => _places.Length > 0 ? _places[0] : null;

    public bool HasLines => _places.Length > 1;

    /// <summary>Number of all linked lines of the guest, watched or not.</summary>
    public long Lines => (long)_skipped + Math.Max(0, _places.Length - 1);

    /// <param name="line">Index among all linked lines.</param>
    public long? Of(int line) =>
        line >= _skipped && line - _skipped + 1 < _places.Length ? _places[line - _skipped + 1] : null;

    public static WatchedPlace Of(IEnumerable<long> places, int skipped) => new([.. places], skipped);

    /// <summary>Null when the text is not a place.</summary>
    public static WatchedPlace? Read(string text)
    {
        var parts = text.Split('.');
        var skipped = 0;
        if (parts[0].IndexOf('+', StringComparison.Ordinal) is > 0 and var plus)
        {
            if (!int.TryParse(parts[0].AsSpan(plus + 1), NumberStyles.None, CultureInfo.InvariantCulture, out skipped))
                return null;
            parts[0] = parts[0][..plus];
        }

        var places = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out places[i]))
                return null;
        }

        return new WatchedPlace(places, skipped);
    }

    public override string ToString()
    {
        var own = Text(_places[0]) + (_skipped > 0 ? "+" + Text(_skipped) : "");
        return string.Join('.', [own, .. _places.Skip(1).Select(Text)]);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
