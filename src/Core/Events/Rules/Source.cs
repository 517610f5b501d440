using System.Collections.Frozen;

namespace GuestSessions.Core.Events.Rules;

/// <summary>The source of a rule: a page of the vendor, or recorded traffic of the vendor's own SDKs.</summary>
public static class Source
{
    public const string SendEvent = "send-event";
    public const string EventObject = "event-object";
    public const string BrowserIds = "browser-ids";
    public const string Ext = "ext";
    public const string SessionData = "session-data";
    public const string Identity = "identity";
    public const string Search = "search";
    public const string SearchFlight = "search-flight";
    public const string Add = "add";
    public const string AddContacts = "add-contacts";
    public const string AddConsumers = "add-consumers";
    public const string Confirm = "confirm";
    public const string Checkout = "checkout";
    public const string Payment = "payment";
    public const string OrderCheckout = "order-checkout";
    public const string OrderItems = "order-items";
    public const string CustomEvent = "custom-event";
    public const string EngageSdk = "sdk-engage";
    public const string CloudSdk = "sdk-cloud";

    private const string Docs = "https://doc.sitecore.com";

    /// <summary>By key: the address, or the package whose traffic was recorded.</summary>
    public static FrozenDictionary<string, string> Addresses { get; } = new Dictionary<string, string>
    {
        [SendEvent] = $"{Docs}/personalize/en/developers/api/sending-events-1166442.html",
        [EventObject] = $"{Docs}/cdp/en/developers/api/event-object.html",
        [BrowserIds] = $"{Docs}/personalize/en/developers/api/browser-id.html",
        [Ext] = $"{Docs}/personalize/en/developers/api/send-additional-event-data.html",
        [SessionData] = $"{Docs}/cdp/en/developers/10/api/session-data.html",
        [Identity] = $"{Docs}/personalize/en/developers/api/identity-event.html",
        [Search] = $"{Docs}/personalize/en/developers/api/search-event-1166450.html",
        [SearchFlight] = $"{Docs}/personalize/en/developers/api/search-event-1166468.html",
        [Add] = $"{Docs}/personalize/en/developers/api/add-event.html",
        [AddContacts] = $"{Docs}/personalize/en/developers/api/add_contacts-event.html",
        [AddConsumers] = $"{Docs}/cdp/en/developers/api/add_consumers-event.html",
        [Confirm] = $"{Docs}/personalize/en/developers/api/confirm-event.html",
        [Checkout] = $"{Docs}/cdp/en/developers/api/checkout-event.html",
        [Payment] = $"{Docs}/cdp/en/developers/api/payment-event-1470656.html",
        [OrderCheckout] = $"{Docs}/personalize/en/developers/api/order_checkout-event.html",
        [OrderItems] = $"{Docs}/sdk/en/developers/006/cloud-sdk/order-related-events.html",
        [CustomEvent] = $"{Docs}/cdp/en/developers/api/custom-event-1166461.html",
        [EngageSdk] = "npm @sitecore/engage 1.4.3, as sent",
        [CloudSdk] = "npm @sitecore-cloudsdk/events 0.6.1, as sent",
    }.ToFrozenDictionary();
}
