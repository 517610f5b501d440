using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads events as SDKs post them: bare, without an envelope. Their callers read no answer, so whatever has a type and a
/// usable browser id is an event. What the upstream certainly loses, or nobody can keep, is a reason for quarantine;
/// anything else that is wrong with it is a warning.
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

    /// <param name="utf8">The event object. Nothing in the answer refers to it.</param>
    /// <param name="siteId">The site that the address named, if any.</param>
    /// <param name="damage">What happened to it on its way; it goes into quarantine.</param>
    public SdkEventCheck Read(ReadOnlyMemory<byte> utf8, string? siteId, Violation? damage = null)
    {
        var (document, fault) = StrictJson.Parse(utf8, rules.Limits.JsonDepth);
        document ??= StrictJson.ParseRepeating(utf8, SalvagedDepth);
        if (document is null)
            return new SdkEventCheck(null, fault);
        using (document)
            return Read(document.RootElement, siteId, fault, damage);
    }

    /// <param name="root">The event.</param>
    /// <param name="siteId">The site that the address named, if any.</param>
    /// <param name="fault">Of its JSON; no reader is certain to stumble over it.</param>
    /// <param name="damage">What happened to it on its way.</param>
    private SdkEventCheck Read(JsonElement root, string? siteId, Violation? fault, Violation? damage)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Refuse(EventCodes.MalformedJson, "", "Expected an object.");
        if (Text(root, "type") is not { Length: > 0 } type)
            return Refuse(TypeMissing, "/type", "Expected the name of an event type.");
        if (Text(root, "browser_id") is not { } browserId)
            return Refuse(BrowserIdMissing, "/browser_id", $"Expected {AttributeRules.BrowserId.Expected}.");
        browserId = CleanText.Of(browserId);
        if (!IsUsable(browserId))
            return Refuse(BrowserIdUnusable, "/browser_id", AttributeRules.BrowserId.Form!.Say(browserId));

        var site = string.IsNullOrEmpty(siteId) ? null : sites.GetValueOrDefault(siteId, siteId);
        var found = new Violations(isLenient: true);
        if (damage is not null)
            found.Fatal(damage.Code, damage.Path, damage.Detail);
        if (fault is not null)
            found.Warn(fault.Code == EventCodes.TooDeep ? fault.Code : EventCodes.RepeatedMember, fault.Path, fault.Detail);
        var whole = new EventReader(rules, root, found, site).Read();
        var occurredAt = Rfc3339.TryParse(Text(root, "requested_at"), out var at)
            ? at.ToUniversalTime() : (DateTimeOffset?)null;
        return new SdkEventCheck(
            new SdkEvent(
                whole ?? Torn(root, type, browserId, site), occurredAt,
                ContentHash.Of(JsonMarshal.GetRawUtf8Value(root)),
                whole is null ? found.Errors[0].Code : null)
            {
                Errors = found.Errors,
                Warnings = found.Warnings,
            },
            null);
    }

    /// <summary>Whether a guest can be told by a browser id. Poisoned cookies hold nothing, or <c>undefined</c>.</summary>
    public static bool IsUsable(string browserId) =>
        AttributeRules.BrowserId.Form!.IsMatch(browserId) && browserId.AsSpan().ContainsAnyExcept("0-");

    private StreamEvent Torn(JsonElement root, string type, string browserId, string? site)
    {
        var pointOfSale = Text(root, "pos") is { Length: > 0 } pos ? pos : site ?? "";
        return new StreamEvent
        {
            Type = Cut(type),
            Channel = Cut(Text(root, "channel") ?? ""),
            PointOfSale = Cut(pointOfSale),
            Page = Text(root, "page") is { } page ? CleanText.Cut(page, EventReader.LongestPage) : null,
            BrowserId = browserId,
            Body = new Utf8Json(JsonMarshal.GetRawUtf8Value(root).ToArray()),
            SessionTimeout = rules.PointsOfSale.TryGetValue(pointOfSale, out var known)
                ? known.SessionTimeout : UnknownTimeout,
        };
    }

    /// <summary>What is kept beside the body of a name that is too long to be one.</summary>
    private static string Cut(string name) => CleanText.Cut(name, TextForm.LongestName);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static SdkEventCheck Refuse(string code, string path, string detail) =>
        new(null, new Violation(code, path, detail));
}
