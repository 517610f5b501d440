using GuestSessions.Core.Receipts;

namespace GuestSessions.Api.Support;

/// <summary>What a person can do to an event, by its state.</summary>
internal static class EventActions
{
    public static IReadOnlyList<string> Of(string state) => state switch
    {
        StateNames.Quarantined => ["redrive", "discard", "resolve_delivered"],
        StateNames.InDoubt => ["redrive", "discard", "resolve_delivered", "resolve_not_delivered"],
        StateNames.Delivered => ["replay"],
        _ => [],
    };
}
