using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// Checks the event object of one envelope and makes a <see cref="StreamEvent"/> of it. What upstream would
/// refuse, or take with a 201 and then drop, is an error; attributes no rule knows pass through.
/// </summary>
/// <param name="rules">What is known of the tenant.</param>
/// <param name="body">The event object.</param>
/// <param name="found">Where violations go.</param>
/// <param name="site">The point of sale that the request names instead of the event.</param>
internal sealed class EventReader(EventRules rules, JsonElement body, Violations found, string? site = null)
{
    private const string Path = "/event";

    private readonly DefaultedMembers _defaulted = new(Path);
    private IReadOnlyList<AttributeRule> _required = [];
    private RuleCheck _check = null!;
    private ExtTypeCheck? _extTypes;

    /// <summary>The event's type as the upstream spells it, once it was read; null where there is none.</summary>
    public string? Type { get; private set; }

    /// <summary>The event; null where a violation was noted.</summary>
    public StreamEvent? Read()
    {
        _check = new RuleCheck(found, _defaulted, rules.Limits.ExtAttributes);
        var type = Type = ReadType();

        // The point of sale comes before the rest, because its defaults win over the tenant's.
        var pos = PointOfSale(out var pointOfSale);
        var own = pointOfSale.Defaults;
        var tenant = rules.Defaults;
        var channel = Text(AttributeRules.Channel, own.Channel, tenant.Channel);
        _ = Text(AttributeRules.Language, own.Language, tenant.Language);
        _ = Text(AttributeRules.Currency, own.Currency, tenant.Currency);
        var page = Text(AttributeRules.Page);
        var browserId = Text(AttributeRules.BrowserId);
        _ = Text(AttributeRules.RequestedAt);
        Further();
        Masks();
        var identifiers = Own(type);
        if (found.Any)
            return null;
        if (!rules.DryRun)
            _extTypes?.Learn();
        return Compose(type!, channel, pos!, page, browserId, identifiers, pointOfSale);
    }

    private StreamEvent Compose(string type, string? channel, string pos, string? page, string? browserId,
        IReadOnlyList<Identifier> identifiers, PointOfSaleOptions pointOfSale) => new()
        {
            Type = type,
            Channel = channel ?? "",
            PointOfSale = pos,
            Page = page,
            BrowserId = browserId,
            // A copy: an event that waits must not keep the whole request it came in alive.
            Body = new Utf8Json(JsonMarshal.GetRawUtf8Value(body).ToArray()),
            Defaults = _defaulted.ToJson(),
            Identifiers = identifiers,
            OrderReference = OrderReference(type),
            SessionTimeout = pointOfSale.SessionTimeout,
        };

    private string? ReadType()
    {
        _required = AttributeRules.RequiredOf(null);
        var text = Text(AttributeRules.Type);
        if (text is null)
            return null;
        var type = EventTypes.Spell(text);
        if (type != text)
        {
            _defaulted.Amend("/event/type", type);
            found.Warn("normalised", "/event/type", $"\"{text}\" would count as a custom event; it is sent as {type}.");
        }

        _required = AttributeRules.RequiredOf(type);
        if (EventTypes.Refusal(type, rules.Tenant.AllowForceClose) is var (code, reason))
            found.Error(code, "/event/type", $"{reason}; got \"{TextForm.Cut(text)}\".");
        return type;
    }

    private string? PointOfSale(out PointOfSaleOptions options)
    {
        var name = Text(AttributeRules.PointOfSale, site, rules.Defaults.PointOfSale);
        if (name is not null && rules.PointsOfSale.TryGetValue(name, out options!))
            return name;

        options = new PointOfSaleOptions();
        if (name is not null)
        {
            var meant = rules.PointsOfSale.Keys.FirstOrDefault(
                known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            var advice = meant is null ? "" : $" Names are case-sensitive: write it as \"{meant}\".";
            var form = AttributeRules.PointOfSale.Form!;
            found.Error(form.Code, "/event/pos", form.Say(name) + advice);
        }

        return name;
    }

    /// <summary>
    /// A string attribute by its rule: the event's own, else the first default that is set. An empty string
    /// of the event is a value, save in traffic of the SDKs; of the configuration it is none.
    /// </summary>
    private string? Text(AttributeRule rule, string? first = null, string? second = null)
    {
        var path = JsonPointer.To(Path, rule.Name);
        var isThere = body.TryGetProperty(rule.Utf8Name, out var value);
        var isBlank = isThere && rules.SdkTraffic && value.ValueKind == JsonValueKind.String && value.ValueEquals("");
        if (isThere && !isBlank)
            return _check.Text(value, rule, path);

        var fallback = string.IsNullOrEmpty(first) ? second : first;
        if (!string.IsNullOrEmpty(fallback))
        {
            if (isBlank)
                _defaulted.Amend(path, fallback);
            else
                _defaulted.Add(rule.Name, fallback);
            return fallback;
        }

        if (isBlank && rule == AttributeRules.BrowserId)
            return _check.Text(value, rule, path);
        if (_required.Contains(rule))
            found.Note(rules.SdkTraffic && rule != AttributeRules.Type && rule != AttributeRules.PointOfSale,
                "missing_attribute", path, $"Expected {rule.Expected}; it is absent.");
        return null;
    }

    /// <summary>What an event of any type may carry.</summary>
    private void Further()
    {
        _check.Members(body, AttributeRules.Further, Path);
        ScalarObjects.CheckSessionAttributes(body, found);
        if (ScalarObjects.CheckExt(body, rules.Limits.ExtAttributes, rules.SdkTraffic, found) is { } ext
            && rules.ExtTypes is { } types && Type is { } type)
        {
            _extTypes = new ExtTypeCheck(types, type, ext);
            _extTypes.Check(rules.Tenant.Strict, found);
        }

        if (!rules.SdkTraffic && body.TryGetProperty("client_key"u8, out _))
            found.Warn("client_key_ignored", "/event/client_key",
                "The tenant's own client key is sent instead.");
    }

    /// <summary>An event that was copied from a view of ours. What an SDK sends nobody has read there.</summary>
    private void Masks()
    {
        if (!rules.SdkTraffic && MaskMarks.FindMask(body, Path) is { } masked)
            found.Error(masked.Code, masked.Path, masked.Detail);
    }

    /// <summary>What the type carries of its own.</summary>
    private IReadOnlyList<Identifier> Own(string? type)
    {
        if (type is null)
            return [];
        _check.Members(body, TypeRules.Of(type), Path);
        if (type != EventTypes.Identity)
            return [];
        var identifiers = IdentifierList.Read(body, Path, rules.Limits.Limits.Identifiers, closed: false, found);
        IdentityRuleCheck.Check(identifiers, Path, rules.Tenant, found);
        return identifiers;
    }

    private string? OrderReference(string type)
    {
        JsonElement reference = default;
        if (type == EventTypes.Checkout)
            _ = body.TryGetProperty("reference_id"u8, out reference);
        else if (type == EventTypes.OrderCheckout && body.TryGetProperty("order"u8, out var order))
            _ = order.TryGetProperty("referenceId"u8, out reference);
        return reference.ValueKind == JsonValueKind.String ? reference.GetString() : null;
    }
}
