using System.Collections.Frozen;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Core.Receipts;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Guests;

/// <summary>The query of a timeline: filters, <c>order</c>, <c>after</c> and <c>limit</c>.</summary>
/// <param name="Query">What the guest's own line reads.</param>
/// <param name="Cursor">Where the page begins, in all of the guest's lines.</param>
internal sealed record TimelineRequest(TimelineQuery Query, TimelineCursor Cursor)
{
    public const string NotState = "not_state";
    public const string NotType = "not_type";
    public const string From = "received_from";
    public const string To = "received_to";

    private const char Separator = ',';

    public static readonly FrozenSet<string> States = FrozenSet.Create(StringComparer.Ordinal,
        StateNames.Pending, StateNames.Sending, StateNames.Delivered, StateNames.Quarantined, StateNames.InDoubt,
        StateNames.Superseded, StateNames.Discarded, "dropped");

    private string[] NotStates { get; init; } = [];

    private string[] NotTypes { get; init; } = [];

    private DateTimeOffset? ReceivedFrom { get; init; }

    private DateTimeOffset? ReceivedTo { get; init; }

    /// <summary>Whether the filters that the guest does not know itself leave an event in the page.</summary>
    public bool Keeps(EventItem item) => !NotStates.Contains(item.State)
        && !NotTypes.Contains(item.Type)
        && (ReceivedFrom is not { } from || item.ReceivedAt >= from)
        && (ReceivedTo is not { } to || item.ReceivedAt < to);

    /// <summary>Exactly one of the two results is null.</summary>
    public static (TimelineRequest? Request, Refusal? Refused) Read(IQueryCollection query)
    {
        if (!query.TryName("state", States, out var state, out var refused)
            || !query.TryType(out var type, out refused)
            || !query.TryWarning(out var warning, out refused)
            || !query.TryText(NotType, out var notTypes, out refused)
            || !query.TryText(NotState, out var notStates, out refused)
            || !query.TryTime(From, out var receivedFrom, out refused)
            || !query.TryTime(To, out var receivedTo, out refused))
            return (null, refused);

        string[] without = notStates?.Split(Separator) ?? [];
        if (without.Any(static name => !States.Contains(name)))
            return Refuse(NotState, $"Expected some of {string.Join(", ", States.Order(StringComparer.Ordinal))}, with commas.");

        var cursor = query.One("after") is { } next ? TimelineCursor.Read(next) : TimelineCursor.Start;
        if (cursor is null)
            return Refuse("after", "Expected the next of the previous page.");

        var order = query.One("order");
        if (order is not (null or "oldest" or "newest"))
            return Refuse("order", "Expected oldest or newest.");

        if (!query.TryLimit(out var limit, out refused))
            return (null, refused);
        var own = new TimelineQuery(state, type, cursor.After(0), limit, order == "newest", warning);
        return (new TimelineRequest(own, cursor)
        {
            NotStates = without,
            NotTypes = [.. (notTypes?.Split(Separator) ?? []).Select(EventTypes.Read)],
            ReceivedFrom = receivedFrom,
            ReceivedTo = receivedTo,
        }, null);
    }

    private static (TimelineRequest?, Refusal?) Refuse(string name, string detail) =>
        (null, Refusals.InvalidParameter(name, detail));
}
