using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads events as SDKs post them: bare, without an envelope. Their callers read no answer, so whatever has a type and a
/// usable browser id is an event, and what is wrong with it is a reason for quarantine.
/// </summary>
/// <param name="rules">What is known of the tenant.</param>
/// <param name="sites">Points of sale by the site ids that stand for them.</param>
public sealed class SdkEventReader(EventRules rules, IReadOnlyDictionary<string, string> sites)
{
    public const string TypeMissing = "type_missing";
    public const string BrowserIdMissing = "browser_id_missing";

    /// <summary>What a client sends that lost its browser id, or never got one.</summary>
    public const string BrowserIdUnusable = "browser_id_unusable";

    // What the strict reader finds too deep is still an event, up to here.
    private const int SalvagedDepth = 64;

    private static readonly TimeSpan UnknownTimeout = new PointOfSaleOptions().SessionTimeout;

    private readonly EventRules _rules = rules with { SdkTraffic = true };

    /// <param name="utf8">The event object. Nothing in the answer refers to it.</param>
    /// <param name="siteId">The site that the address named, if any.</param>
    public SdkEventCheck Read(ReadOnlyMemory<byte> utf8, string? siteId)
    {
        var (document, fault) = StrictJson.Parse(utf8, _rules.Limits.JsonDepth);
        document ??= StrictJson.ParseRepeating(utf8, SalvagedDepth);
        if (document is null)
            return new SdkEventCheck(null, fault);
        using (document)
            return Read(document.RootElement, siteId, fault);
    }

    private SdkEventCheck Read(JsonElement root, string? siteId, Violation? fault)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Refuse("malformed_json", "", "Expected an object.");
        if (Text(root, "type") is not { Length: > 0 } type)
            return Refuse(TypeMissing, "/type", "Expected the name of an event type.");
        if (Text(root, "browser_id") is not { } browserId)
            return Refuse(BrowserIdMissing, "/browser_id", $"Expected {AttributeRules.BrowserId.Expected}.");
        if (!IsUsable(browserId))
            return Refuse(BrowserIdUnusable, "/browser_id", AttributeRules.BrowserId.Form!.Say(browserId));

        var site = string.IsNullOrEmpty(siteId) ? null : sites.GetValueOrDefault(siteId, siteId);
        var found = new Violations();
        var whole = fault is null ? new EventReader(_rules, root, found, site).Read() : null;
        var occurredAt = Rfc3339.TryParse(Text(root, "requested_at"), out var at)
            ? at.ToUniversalTime() : (DateTimeOffset?)null;
        return new SdkEventCheck(
            new SdkEvent(
                whole ?? Torn(root, type, browserId, site), occurredAt,
                ContentHash.Of(JsonMarshal.GetRawUtf8Value(root)),
                whole is null ? (fault ?? found.Errors[0]).Code : null),
            null);
    }

    /// <summary>Whether a guest can be told by a browser id. Poisoned cookies hold nothing, or <c>undefined</c>.</summary>
    public static bool IsUsable(string browserId) =>
        Guid.TryParseExact(browserId, "D", out var id) && id != Guid.Empty;

    private StreamEvent Torn(JsonElement root, string type, string browserId, string? site)
    {
        var pointOfSale = Text(root, "pos") is { Length: > 0 } pos ? pos : site ?? "";
        return new StreamEvent
        {
            Type = type,
            Channel = Text(root, "channel") ?? "",
            PointOfSale = pointOfSale,
            Page = Text(root, "page"),
            BrowserId = browserId,
            Body = new Utf8Json(JsonMarshal.GetRawUtf8Value(root).ToArray()),
            SessionTimeout = _rules.PointsOfSale.TryGetValue(pointOfSale, out var known)
                ? known.SessionTimeout : UnknownTimeout,
        };
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static SdkEventCheck Refuse(string code, string path, string detail) =>
        new(null, new Violation(code, path, detail));
}
