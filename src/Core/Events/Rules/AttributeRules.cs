using System.Collections.Frozen;

namespace GuestSessions.Core.Events.Rules;

/// <summary>The attributes every event can carry.</summary>
public static class AttributeRules
{
    /// <summary>The touchpoints.</summary>
    public static IReadOnlyList<string> Channels { get; } =
    [
        "AIRPORT_KIOSK", "BRANCH", "CALL_CENTER", "EMAIL", "GDS", "KIOSK", "MOBILE_APP", "MOBILE_WEB",
        "OFFLINE", "OTA", "OTHER", "SMS", "WEB",
    ];

    public static AttributeRule Type { get; } = Text("type", Source.SendEvent, new TextForm(
        EventCodes.InvalidType, "the name of an event type, without control characters", IsTypeName)
    { Shown = true, IsCode = true, Longest = TextForm.LongestName, Fix = EventTypes.Spell });

    public static AttributeRule Channel { get; } =
        Text("channel", Source.EventObject, TextForms.OneOf(EventCodes.InvalidChannel, [.. Channels]));

    public static AttributeRule Language { get; } = Text("language", Source.SendEvent, TextForms.Language);

    public static AttributeRule Currency { get; } = Text("currency", Source.SendEvent, TextForms.Currency);

    /// <summary>A name the app chooses, not necessarily a URL.</summary>
    public static AttributeRule Page { get; } = Text("page", Source.SendEvent,
        new TextForm(EventCodes.InvalidPage, "the name of a page", static text => !text.IsEmpty));

    /// <summary>
    /// The tenant configures the valid names. The upstream answers 201 to an invalid one and drops the event.
    /// </summary>
    public static AttributeRule PointOfSale { get; } = Text("pos", Source.SendEvent, new TextForm(
        EventCodes.UnknownPointOfSale, "the name of a point of sale of the tenant", static text => !text.IsEmpty)
    { Shown = true, Longest = TextForm.LongestName });

    /// <summary>
    /// Issued by the upstream. SDKs without their cookie send an empty string, scripts <c>undefined</c>.
    /// </summary>
    public static AttributeRule BrowserId { get; } =
        Text("browser_id", Source.BrowserIds, TextForms.BrowserId);

    public static AttributeRule RequestedAt { get; } =
        Text("requested_at", Source.CloudSdk, TextForms.RequestedAt);

    /// <summary>The attributes that have a rule of their own above.</summary>
    internal static IReadOnlyList<AttributeRule> Named { get; } =
        [Type, Channel, Language, Currency, Page, PointOfSale, BrowserId, RequestedAt];

    /// <summary>Other attributes that an event of any type can have.</summary>
    public static IReadOnlyList<AttributeRule> Further { get; } =
    [
        new("ext", AttributeShape.Special, Source.Ext),
        new("session_data", AttributeShape.Special, Source.SessionData),
        new("client_key", AttributeShape.Any, Source.SendEvent),
        new("referrer", AttributeShape.Text, Source.CloudSdk) { Enforced = false },
        new("utm_*", AttributeShape.Text, Source.CloudSdk) { Enforced = false },
        new("sc_search", AttributeShape.Nested, Source.CloudSdk) { Enforced = false },
        new("*", AttributeShape.Any, Source.EngageSdk),
    ];

    /// <summary>
    /// The attributes that a type requires after defaults. The service itself fills in <c>browser_id</c>.
    /// </summary>
    public static IReadOnlyList<AttributeRule> RequiredOf(string? type)
        => type is not null && RequiredByType.TryGetValue(type, out var required) ? required : Common;

    private static readonly AttributeRule[] Common = [Type, Channel, Language, Currency, Page, PointOfSale];

    // SDKs send FORM without channel, currency and page, and Engage sends it without language too. The point of sale
    // stays required: without one the upstream drops the event silently.
    private static readonly FrozenDictionary<string, AttributeRule[]> RequiredByType =
        new Dictionary<string, AttributeRule[]>
        {
            [EventTypes.Form] = [Type, PointOfSale],
        }.ToFrozenDictionary();

    private static AttributeRule Text(string name, string source, TextForm form)
        => new(name, AttributeShape.Text, source) { Form = form };

    // Control characters of ASCII, and those that UTF-8 writes as C2 80 to C2 9F.
    private static bool IsTypeName(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < 0x20 or 0x7F || (text[i] == 0xC2 && text[i + 1] < 0xA0))
                return false;
        }

        return !text.IsEmpty;
    }
}
