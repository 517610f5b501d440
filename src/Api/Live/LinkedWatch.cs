using System.Globalization;
using GuestSessions.Api.Guests;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Live;

/// <summary>
/// Watches a guest and the browsers it was named for as one. The guest's own line is waited for; the others, which take no
/// more events and only deliver what they have, are looked at in between.
/// </summary>
internal sealed class LinkedWatch(GuestGrains guests, string tenant, string guest)
{
    /// <summary>How long the guest's own line is waited for where there are others to look at.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Null when the guest was never seen.</summary>
    public async Task<WatchedPage?> WatchAsync(WatchedPlace after, TimeSpan patience)
    {
        var wait = after.HasLines && patience > LookEvery ? LookEvery : patience;
        if (await guests.Live(tenant, guest).WatchAsync(after.Own, wait) is not { } own)
            return null;
        var lines = own.IsFull ? [] : await Task.WhenAll(own.Lines.Select(
            (line, index) => guests.Live(tenant, line).WatchAsync(after.Of(index), TimeSpan.Zero)));
        LivePage[] known = [own, .. lines.Select(static page => page ?? new LivePage(0, []))];
        return new WatchedPage(
            WatchedPlace.Of(known.Select(static page => page.Place)),
            [.. known.SelectMany((page, index) => page.Events.Select(@event =>
                    GuestBodies.From(@event) with { Line = index == 0 ? null : own.Lines[index - 1] }))
                .OrderBy(static item => item.ReceivedAt)],

            // What a browser did before it was linked is in the timeline from now on.
            HasGap: known.Any(static page => page.HasGap) || (after.Own is not null && after.Lines < lines.Length),
            IsFull: known.Any(static page => page.IsFull));
    }
}

/// <param name="Place">Where the next page begins.</param>
/// <param name="HasGap">The timeline is to be read anew.</param>
internal sealed record WatchedPage(WatchedPlace Place, IReadOnlyList<EventItem> Events, bool HasGap, bool IsFull);

/// <summary>
/// How far each line of a guest was watched: its own, then those of its browsers in the order in which they were linked. As
/// text <c>17</c>, or <c>17.3.0</c>.
/// </summary>
internal sealed class WatchedPlace
{
    private readonly long[] _places;

    private WatchedPlace(long[] places) => _places = places;

    /// <summary>Begins now.</summary>
    public static WatchedPlace Now { get; } = new([]);

    public long? Own => Of(-1);

    public bool HasLines => _places.Length > 1;

    public int Lines => Math.Max(0, _places.Length - 1);

    public long? Of(int line) => line + 1 < _places.Length ? _places[line + 1] : null;

    public static WatchedPlace Of(IEnumerable<long> places) => new([.. places]);

    /// <summary>Null when it is none.</summary>
    public static WatchedPlace? Read(string text)
    {
        var parts = text.Split('.');
        var places = new long[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out places[i]))
                return null;
        }

        return new WatchedPlace(places);
    }

    public override string ToString() =>
        string.Join('.', _places.Select(static place => place.ToString(CultureInfo.InvariantCulture)));
}
