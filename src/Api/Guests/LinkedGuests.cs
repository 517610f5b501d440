using System.Globalization;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Follows links, so that a guest and the browsers it was named for read as one history, whichever of the ids a caller uses.
/// Two guests who had the same browser one after the other are never read together.
/// </summary>
internal sealed class LinkedGuests(GuestGrains guests)
{
    /// <summary>
    /// The id under which a guest is read. A browser for which a guest was named is that guest. A browser that never had a
    /// line of its own is its current owner.
    /// </summary>
    public async Task<string> NameOfAsync(string tenant, string guest)
    {
        if (!BrowserGuests.Is(guest))
            return guest;
        var line = guest.ToLowerInvariant();
        var named = await guests.Directory(tenant).FindAsync(SearchTerm.LineKind, line, after: null, limit: 1);
        if (named.Count > 0)
            return named[0];
        return await guests.For(tenant, line).ReadAsync() is null
            && await guests.Browsers(tenant).OwnerOfAsync(BrowserGuests.BrowserIdOf(line)) is { Length: > 0 } owner
            ? owner
            : line;
    }

    /// <summary>Maximum number of lines that are read with a guest; further ones are read page by page.</summary>
    public const int LinesOfGuest = 64;

    /// <summary>Number of lines that are searched at once for an event that only one of them has.</summary>
    private const int LinesAtOnce = 16;

    /// <summary>The guest's own line and the latest of its other lines; null when the guest was never seen.</summary>
    public async Task<(GuestView Own, IReadOnlyList<GuestView> Lines)?> ReadAsync(string tenant, string guest)
    {
        if (await guests.For(tenant, guest).ReadAsync() is not { } own)
            return null;
        string[] asked = [.. own.Lines.TakeLast(LinesOfGuest)];
        var lines = await ReadLinesAsync(tenant, asked);
        return lines.Count == asked.Length || await IsStillThereAsync(tenant, guest) ? (own, lines) : null;
    }

    /// <summary>A line that is missing may have been erased with its guest after the guest was read: half of it is not shown.</summary>
    private async Task<bool> IsStillThereAsync(string tenant, string guest) => await guests.For(tenant, guest).ReadAsync() is not null;

    /// <summary>A page of the browsers a guest was named for, in the order of naming; null when it was never seen.</summary>
    /// <param name="after">Number of browsers before the page.</param>
    public async Task<ItemList<LinkedLineBody>?> ReadBrowsersAsync(string tenant, string guest, int after, int limit)
    {
        if (await guests.For(tenant, guest).ReadAsync() is not { } own)
            return null;
        var lines = await ReadLinesAsync(tenant, own.Lines.Skip(after).Take(limit));
        return new ItemList<LinkedLineBody>(
            [.. lines.Select(LinkedBodies.From)],
            after + limit < own.Lines.Count ? (after + limit).ToString(CultureInfo.InvariantCulture) : null);
    }

    private async Task<IReadOnlyList<GuestView>> ReadLinesAsync(string tenant, IEnumerable<string> lines) =>
        [.. (await Task.WhenAll(lines.Select(line => guests.For(tenant, line).ReadAsync()))).OfType<GuestView>()];

    /// <summary>A page of the timeline over all lines; null when the guest was never seen.</summary>
    public async Task<ItemList<EventItem>?> ReadTimelineAsync(
        string tenant, string guest, TimelineQuery query, TimelineCursor cursor)
    {
        if (await guests.For(tenant, guest).ReadTimelineAsync(query) is not { } own)
            return null;
        var pages = await Task.WhenAll(own.Lines.Select((line, index) =>
            guests.For(tenant, line).ReadTimelineAsync(query with { After = cursor.After(index + 1) })));
        if (Array.Exists(pages, static page => page is null) && !await IsStillThereAsync(tenant, guest))
            return null;
        var (items, next) = LinkedTimeline.Merge(
            own, [.. own.Lines.Zip(pages, static (line, page) => (line, page ?? new TimelinePage([], null)))],
            cursor, query);
        return new ItemList<EventItem>(items, next?.ToString());
    }

    /// <summary>An event in any of the guest's lines, and the line that has it; null for the guest's own.</summary>
    public async Task<(EventDetail Event, string? Line)?> ReadEventAsync(string tenant, string guest, string eventId)
    {
        if (await guests.For(tenant, guest).ReadEventAsync(eventId) is { } own)
            return (own, null);
        return await FindInLinesAsync(tenant, guest, eventId) is var (found, line) ? (found, line) : null;
    }

    /// <summary>An event in a guest's other lines, and the line that has it; null when none has it.</summary>
    public async Task<(EventDetail Event, string Line)?> FindInLinesAsync(string tenant, string guest, string eventId)
    {
        var view = await guests.For(tenant, guest).ReadAsync();
        foreach (var lines in (view?.Lines ?? []).Chunk(LinesAtOnce))
        {
            var found = await Task.WhenAll(lines.Select(line => guests.For(tenant, line).ReadEventAsync(eventId)));
            foreach (var (line, @event) in lines.Zip(found))
            {
                if (@event is not null)
                    return (@event, line);
            }
        }

        return null;
    }

    /// <summary>
    /// Delivers the waiting events of all lines now, and says why the first that still waits does; null when the guest was never seen.
    /// </summary>
    public async Task<(int Undelivered, WaitView? Wait)?> FlushAsync(string tenant, string guest, ActMessage act)
    {
        if (await guests.For(tenant, guest).FlushAsync(act) is not { } own)
            return null;
        var view = await guests.For(tenant, guest).ReadAsync();
        var names = view?.Lines ?? [];
        var lines = await Task.WhenAll(names.Select(line => guests.For(tenant, line).FlushAsync(act)));
        var waiting = names.Zip(lines).FirstOrDefault(static line => line.Second is { Undelivered: > 0 }).First;
        return (own.Undelivered + lines.Sum(static line => line?.Undelivered ?? 0),
            own.Undelivered > 0 ? view?.Wait
                : waiting is null ? null : await guests.For(tenant, waiting).ReadWaitAsync());
    }
}
