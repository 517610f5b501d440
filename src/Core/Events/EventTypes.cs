using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// The names of event types that mean something to the Stream API. Any other name is a custom event.
/// </summary>
public static class EventTypes
{
    public const string Identity = "IDENTITY";
    public const string Checkout = "CHECKOUT";
    public const string OrderCheckout = "ORDER_CHECKOUT";
    public const string Form = "FORM";

    /// <summary>
    /// Ends a session at once. No official list has it and practitioners report that it works outside
    /// production only.
    /// </summary>
    public const string ForceClose = "FORCE_CLOSE";

    /// <summary>
    /// Types with documented attributes, which callers send. Source: the pages of the single events; FORM:
    /// what the SDKs send.
    /// </summary>
    public static FrozenSet<string> Standard { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "VIEW", Identity, "SEARCH", "ADD", "ADD_CONTACTS", "ADD_CONSUMERS", "CONFIRM", Checkout, "PAYMENT",
        "CLEAR_CART", OrderCheckout, Form);

    /// <summary>
    /// Names a custom event must not take. Two published lists differ; their union is the safe reading.
    /// Sources: https://doc.sitecore.com/cdp/en/developers/api/custom-event-1166461.html (first line; names
    /// that start with SC_ too), the enumeration in npm @sitecore/engage 1.4.3 (the others).
    /// </summary>
    public static FrozenSet<string> Reserved { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "CAMPAIGN_TRACKING", "FEEDBACK", "INTERACTION", "SUBSCRIPTION", "TRACKING",
        "ADD_PRODUCT", "CALCULATOR", "CHAT", "CLICK", "COMMENT", "CONSUMERS", "CONTACT_REQUEST", "EMAIL",
        "LOGIN", "NOTIFICATION", "ORDER_UPDATE", "PNR_RECORD", "PURCHASE", "SELECT", "SMS", "TRIGGER",
        "TRIP_SUMMARY", "UPDATE");

    private const string ReservedPrefix = "SC_";

    /// <summary>The code and the reason why a type is refused, or null if events of it may be sent.</summary>
    public static (string Code, string Reason)? Refusal(string type)
    {
        if (type.Equals(ForceClose, StringComparison.OrdinalIgnoreCase))
            return ("force_close_not_allowed", "Closing sessions by force is not switched on");
        if (Standard.TryGetValue(type, out var standard))
            return type == standard
                ? null
                : ("reserved_event_type", $"It would count as a custom event; write it as {standard}");
        return Reserved.Contains(type) || type.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase)
            ? ("reserved_event_type", "The Stream API keeps this name; name a custom event differently")
            : null;
    }
}
