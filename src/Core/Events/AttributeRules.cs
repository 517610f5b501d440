using System.Collections.Frozen;

namespace GuestSessions.Core.Events;

/// <summary>
/// The attributes every event can carry, restated from the vendor's pages. Codes are checked by shape, not
/// against a registry: languages and currencies come and go, and a wrong refusal would cost an event.
/// </summary>
public static class AttributeRules
{
    private const string Docs = "https://doc.sitecore.com";
    private const string SendEvent = $"{Docs}/personalize/en/developers/api/sending-events-1166442.html";
    private const string EventObject = $"{Docs}/cdp/en/developers/api/event-object.html";
    private const string BrowserIds = $"{Docs}/personalize/en/developers/api/browser-id.html";
    private const string Sdk = "npm @sitecore-cloudsdk/events 0.6.1, as sent";

    /// <summary>
    /// The touchpoints, as https://doc.sitecore.com/cdp/en/developers/api/event-object.html lists them.
    /// </summary>
    public static FrozenSet<string> Channels { get; } = FrozenSet.Create(StringComparer.Ordinal,
        "AIRPORT_KIOSK", "BRANCH", "CALL_CENTER", "EMAIL", "GDS", "KIOSK", "MOBILE_APP", "MOBILE_WEB",
        "OFFLINE", "OTA", "OTHER", "SMS", "WEB");

    public static AttributeRule Type { get; } = new("type", "invalid_type",
        "the name of an event type, without control characters",
        static value => value.Length > 0 && !value.Any(char.IsControl), SendEvent, Shown: true);

    public static AttributeRule Channel { get; } = new("channel", "invalid_channel",
        $"one of {string.Join(", ", Channels.Order(StringComparer.Ordinal))}",
        Channels.Contains, EventObject, Shown: true, UpperCase: true);

    /// <summary>
    /// Upstream takes an empty language; here it is refused, because reports then lack it for good.
    /// </summary>
    public static AttributeRule Language { get; } = new("language", "invalid_language",
        "a language of ISO 639-1 in upper case, like EN",
        static value => value.Length == 2 && value.All(char.IsAsciiLetterUpper), SendEvent,
        Shown: true, UpperCase: true);

    public static AttributeRule Currency { get; } = new("currency", "invalid_currency",
        "a currency of ISO 4217 in upper case, like EUR",
        static value => value.Length == 3 && value.All(char.IsAsciiLetterUpper), SendEvent,
        Shown: true, UpperCase: true);

    /// <summary>A name the app chooses, not necessarily a URL.</summary>
    public static AttributeRule Page { get; } = new("page", "invalid_page",
        "the name of a page", static value => value.Length > 0, SendEvent);

    /// <summary>
    /// Which names exist is the tenant's to say; upstream answers 201 to a wrong one and drops the event.
    /// </summary>
    public static AttributeRule PointOfSale { get; } = new("pos", "unknown_point_of_sale",
        "the name of a point of sale of the tenant", static value => value.Length > 0, SendEvent,
        Shown: true);

    /// <summary>
    /// Issued by the upstream. SDKs without their cookie send an empty string, scripts <c>undefined</c>.
    /// </summary>
    public static AttributeRule BrowserId { get; } = new("browser_id", "invalid_browser_id",
        "a UUID issued by the Stream API", IsUuid, BrowserIds);

    public static AttributeRule RequestedAt { get; } = new("requested_at", "invalid_requested_at",
        "a time in UTC, like 2026-11-23T10:15:30.120Z",
        static value => Rfc3339.TryParse(value, out var time) && time.Offset == TimeSpan.Zero, Sdk);

    /// <summary>
    /// What a type requires once defaults are in; <c>browser_id</c> the service itself fills in.
    /// </summary>
    public static IReadOnlyList<AttributeRule> RequiredOf(string? type)
        => type is not null && RequiredByType.TryGetValue(type, out var required) ? required : Common;

    // https://doc.sitecore.com/personalize/en/developers/api/sending-events-1166442.html
    private static readonly AttributeRule[] Common = [Type, Channel, Language, Currency, Page, PointOfSale];

    // npm @sitecore/engage 1.4.3 and @sitecore-cloudsdk/events 0.6.1: FORM goes without channel, currency and
    // page, Engage's without language too. A point of sale stays: without one upstream drops the event
    // silently.
    private static readonly FrozenDictionary<string, AttributeRule[]> RequiredByType =
        new Dictionary<string, AttributeRule[]>
        {
            [EventTypes.Form] = [Type, PointOfSale],
        }.ToFrozenDictionary();

    private static bool IsUuid(string value)
    {
        if (value.Length != 36)
            return false;
        for (var i = 0; i < value.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? value[i] != '-' : !char.IsAsciiHexDigit(value[i]))
                return false;
        }

        return true;
    }
}
