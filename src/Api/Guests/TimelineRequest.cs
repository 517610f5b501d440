using System.Collections.Frozen;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary>The query of a timeline: <c>?state=&amp;type=&amp;order=&amp;after=&amp;limit=</c>.</summary>
internal static class TimelineRequest
{
    private static readonly FrozenSet<string> States = FrozenSet.Create(StringComparer.Ordinal,
        StateNames.Pending, StateNames.Sending, StateNames.Delivered, StateNames.Quarantined, StateNames.InDoubt,
        StateNames.Superseded, StateNames.Discarded, "dropped");

    /// <summary>Exactly one of the two results is null.</summary>
    public static (TimelineQuery? Query, TimelineCursor Cursor, Refusal? Refused) Read(IQueryCollection query)
    {
        if (!query.TryName("state", States, out var state, out var refused)
            || !query.TryType(out var type, out refused)
            || !query.TryWarning(out var warning, out refused))
            return Refuse(refused);

        var cursor = query.One("after") is { } next ? TimelineCursor.Read(next) : TimelineCursor.Start;
        if (cursor is null)
            return Refuse(Refusals.InvalidParameter("after", "Expected the next of the previous page."));

        var order = query.One("order");
        if (order is not (null or "oldest" or "newest"))
            return Refuse(Refusals.InvalidParameter("order", "Expected oldest or newest."));

        return query.TryLimit(out var limit, out refused)
            ? (new TimelineQuery(state, type, cursor.After(0), limit, order == "newest", warning), cursor, null)
            : Refuse(refused);
    }

    private static (TimelineQuery?, TimelineCursor, Refusal?) Refuse(Refusal? refused)
        => (null, TimelineCursor.Start, refused);
}
