using System.Collections.Frozen;
using System.Globalization;
using GuestSessions.Api.Errors;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary>The query of a timeline: <c>?state=&amp;type=&amp;after=&amp;limit=</c>.</summary>
internal static class TimelineRequest
{
    private const int LongestType = 128;

    private static readonly FrozenSet<string> States = FrozenSet.Create(StringComparer.Ordinal,
        "pending", "sending", "delivered", "quarantined", "in_doubt", "superseded", "discarded", "dropped");

    /// <summary>Exactly one of the two results is null.</summary>
    public static (TimelineQuery? Query, Refusal? Refused) Read(IQueryCollection query)
    {
        var state = One(query, "state");
        if (state is not null && !States.Contains(state))
            return (null, Refusals.InvalidParameter(
                "state", $"Expected one of {string.Join(", ", States.Order())}."));

        var type = One(query, "type");
        if (type is { Length: > LongestType })
            return (null, Refusals.InvalidParameter("type", $"Expected at most {LongestType} characters."));

        var after = 0L;
        if (One(query, "after") is { } next && !TryRead(next, out after))
            return (null, Refusals.InvalidParameter("after", "Expected the next of the page before."));

        var limit = (long)PageLimit.Default;
        if (One(query, "limit") is { } asked
            && !(TryRead(asked, out limit) && limit <= PageLimit.Most && PageLimit.IsValid((int)limit)))
            return (null, Refusals.InvalidParameter("limit", PageLimit.Expected));

        return (new TimelineQuery(state, type, after, (int)limit), null);
    }

    /// <summary>Null when it is absent or empty.</summary>
    private static string? One(IQueryCollection query, string name)
        => query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values)
            ? values.ToString()
            : null;

    private static bool TryRead(string text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
