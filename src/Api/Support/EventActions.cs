namespace GuestSessions.Api.Support;

/// <summary>What a person can do to an event, by its state.</summary>
internal static class EventActions
{
    public static IReadOnlyList<string> Of(string state) => state switch
    {
        "quarantined" => ["redrive", "discard", "resolve_delivered"],
        "in_doubt" => ["redrive", "discard", "resolve_delivered", "resolve_not_delivered"],
        "delivered" => ["replay"],
        _ => [],
    };
}
