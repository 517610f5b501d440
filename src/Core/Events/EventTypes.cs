using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// The names of event types that mean something to the Stream API. Any other name is a custom event.
/// </summary>
public static class EventTypes
{
    public const string View = "VIEW";
    public const string Identity = "IDENTITY";
    public const string Search = "SEARCH";
    public const string Add = "ADD";
    public const string AddContacts = "ADD_CONTACTS";
    public const string AddConsumers = "ADD_CONSUMERS";
    public const string Confirm = "CONFIRM";
    public const string Checkout = "CHECKOUT";
    public const string Payment = "PAYMENT";
    public const string ClearCart = "CLEAR_CART";
    public const string OrderCheckout = "ORDER_CHECKOUT";
    public const string Form = "FORM";

    /// <summary>
    /// Ends a session at once. No official list contains it, and practitioners report that it works only outside
    /// production.
    /// </summary>
    public const string ForceClose = "FORCE_CLOSE";

    /// <summary>
    /// Types with documented attributes, which callers send. Source: the pages of the single events; FORM:
    /// what the SDKs send.
    /// </summary>
    public static FrozenSet<string> Standard { get; } = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        View, Identity, Search, Add, AddContacts, AddConsumers, Confirm, Checkout, Payment, ClearCart,
        OrderCheckout, Form);

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

    /// <summary>
    /// A type in the upstream's spelling. In another case it would count as a custom event, which no caller intends.
    /// </summary>
    public static string Spell(string type)
        => Standard.TryGetValue(type, out var standard) ? standard
            : type.Equals(ForceClose, StringComparison.OrdinalIgnoreCase) ? ForceClose : type;

    /// <summary>A type as a caller wrote it, in an event or in a filter: without blanks around it, and as the upstream spells it.</summary>
    public static string Read(string text) => Spell(CleanText.Of(text));

    /// <summary>
    /// The type that a custom one was probably meant to be; null if none is similar. <c>ORDER-CHECKOUT</c> and
    /// <c>Identify</c> are custom events to the upstream.
    /// </summary>
    public static string? MeantBy(string type)
        => Spelling.Nearest(type, Standard) ?? Meant.GetValueOrDefault(type.ToUpperInvariant());

    // What callers commonly mean by names that the vendor reserves.
    private static readonly FrozenDictionary<string, string> Meant = new Dictionary<string, string>
    {
        ["ADD_PRODUCT"] = Add,
        ["ADD_TO_CART"] = Add,
        ["CONSUMERS"] = AddConsumers,
        ["LOGIN"] = Identity,
        ["PAGE_VIEW"] = View,
        ["PAGEVIEW"] = View,
        ["PURCHASE"] = OrderCheckout,
    }.ToFrozenDictionary();

    /// <summary>The code and the reason why a type is rejected, or null if events of it may be sent.</summary>
    /// <param name="type">As <see cref="Spell"/> gives it.</param>
    /// <param name="forceClose">Whether the tenant allows FORCE_CLOSE.</param>
    public static (string Code, string Reason)? Refusal(string type, bool forceClose)
    {
        if (type == ForceClose)
            return forceClose ? null : (EventCodes.ForceCloseNotAllowed, "FORCE_CLOSE is not enabled for this tenant");
        return Reserved.Contains(type) || type.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase)
            ? (EventCodes.ReservedEventType, "The Stream API reserves this name; choose another name for a custom event")
            : null;
    }
}
