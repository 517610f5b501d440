using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>
/// Reads events as SDKs post them: bare, without an envelope. Their senders read no answer, so any object with a type
/// and a usable browser id is an event. If the upstream certainly loses it, or the service cannot keep it, it goes
/// into quarantine. Any other problem is a warning.
/// </summary>
/// <param name="rules">What is known of the tenant.</param>
/// <param name="sites">Points of sale by site id.</param>
public sealed class SdkEventReader(EventRules rules, IReadOnlyDictionary<string, string> sites)
{
    public const string TypeMissing = "type_missing";
    public const string BrowserIdMissing = "browser_id_missing";

    /// <summary>The code for a client that lost its browser id, or never got one.</summary>
    public const string BrowserIdUnusable = "browser_id_unusable";

    // An event that is too deep for the strict reader is still accepted up to this depth.
    private const int SalvagedDepth = 64;

    private static readonly TimeSpan UnknownTimeout = new PointOfSaleOptions().SessionTimeout;

    /// <param name="utf8">The event object. The result keeps no reference to it.</param>
    /// <param name="siteId">The site that the address named, if any.</param>
    /// <param name="damage">Damage in transit; the event then goes into quarantine.</param>
    public SdkEventCheck Read(ReadOnlyMemory<byte> utf8, string? siteId, Violation? damage = null)
    {
        var whole = LoneSurrogates.Replace(utf8);
        var (document, fault) = StrictJson.Parse(whole, rules.Limits.JsonDepth);
        document ??= StrictJson.ParseRepeating(whole, SalvagedDepth);
        if (document is null)
            return new SdkEventCheck(null, fault);
        var found = new Violations(isLenient: true);
        if (!whole.Equals(utf8))
            found.Warn(EventCodes.Normalised, "", "Half of a character (a lone surrogate) is sent as U+FFFD.");
        using (document)
            return Read(document.RootElement, siteId, fault, damage, found);
    }

    /// <param name="root">The event.</param>
    /// <param name="siteId">The site that the address named, if any.</param>
    /// <param name="fault">A fault of its JSON; not every reader fails on it.</param>
    /// <param name="damage">Damage in transit.</param>
    /// <param name="found">Collects the violations.</param>
    private SdkEventCheck Read(JsonElement root, string? siteId, Violation? fault, Violation? damage, Violations found)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Refuse(EventCodes.MalformedJson, "", "Expected an object.");
        if (Text(root, "type") is not { Length: > 0 } type)
            return Refuse(TypeMissing, "/type", "Expected the name of an event type.");
        if (Text(root, "browser_id") is not { } browserId)
            return Refuse(BrowserIdMissing, "/browser_id", $"Expected {AttributeRules.BrowserId.Expected}.");
        browserId = CleanText.Of(browserId);
        if (!BrowserIds.IsOne(browserId))
            return Refuse(BrowserIdUnusable, "/browser_id", AttributeRules.BrowserId.Form!.Say(browserId));

        var site = string.IsNullOrEmpty(siteId) ? null : sites.GetValueOrDefault(siteId, siteId);
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

    /// <summary>Cuts a name that is too long; the body keeps it complete.</summary>
    private static string Cut(string name) => CleanText.Cut(name, TextForm.LongestName);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static SdkEventCheck Refuse(string code, string path, string detail) =>
        new(null, new Violation(code, path, detail));
}
