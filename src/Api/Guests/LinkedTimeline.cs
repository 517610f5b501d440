using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Merges several lines into one by time of receipt; each line keeps its own order. Of events received at the same time,
/// those of an anonymous browser come before those of the named guest.
/// </summary>
internal static class LinkedTimeline
{
    /// <param name="own">A page of the guest's own line.</param>
    /// <param name="lines">A page of each linked line, read from the cursor's position.</param>
    public static (IReadOnlyList<EventItem> Items, TimelineCursor? Next) Merge(
        TimelinePage own, IReadOnlyList<(string Name, TimelinePage Page)> lines, TimelineCursor cursor, TimelineQuery query)
    {
        TimelinePage[] pages = [own, .. lines.Select(static line => line.Page)];
        var after = pages.Select((page, line) => Start(page, cursor.After(line), query.Newest)).ToArray();
        var read = new int[pages.Length];
        var items = new List<EventItem>(query.Limit);
        while (items.Count < query.Limit && !HasEnded(pages, read) && Next(pages, read, query.Newest) is { } line)
        {
            var @event = pages[line].Events[read[line]++];
            after[line] = @event.Sequence;
            items.Add(GuestBodies.From(@event) with { Line = line == 0 ? null : lines[line - 1].Name });
        }

        // A filter may have read past the last event that it found.
        foreach (var (line, page) in pages.Index().Where(at => read[at.Index] == at.Item.Events.Count))
            after[line] = page.Next ?? after[line];
        var isMore = pages.Where((page, line) => read[line] < page.Events.Count || page.Next is not null).Any();
        return (items, isMore ? TimelineCursor.Of(after) : null);
    }

    // Newest first: a line with no event on the first page must not begin with events that arrived since.
    private static long Start(TimelinePage page, long after, bool newest) =>
        newest && after == 0 && page.Events.Count > 0 ? page.Events[0].Sequence + 1 : after;

    /// <summary>A line's next event is not in its page, so no event of another line is known to come before it.</summary>
    private static bool HasEnded(TimelinePage[] pages, int[] read) =>
        pages.Where((page, line) => read[line] == page.Events.Count && page.Next is not null).Any();

    private static int? Next(TimelinePage[] pages, int[] read, bool newest)
    {
        int? next = null;
        for (var line = pages.Length - 1; line >= 0; line--)
        {
            if (read[line] < pages[line].Events.Count && (next is not { } best
                || IsBefore(pages[line].Events[read[line]], pages[best].Events[read[best]], newest)))
                next = line;
        }

        return next;
    }

    private static bool IsBefore(EventSummary own, EventSummary linked, bool newest) => newest
        ? own.ReceivedAt >= linked.ReceivedAt
        : own.ReceivedAt < linked.ReceivedAt;
}
