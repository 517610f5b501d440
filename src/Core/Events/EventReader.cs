using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// Checks the event object of one envelope and makes a <see cref="StreamEvent"/> of it. What upstream would
/// refuse, or take with a 201 and then drop, is an error; attributes no rule knows pass through.
/// </summary>
internal sealed class EventReader(EventRules rules, JsonElement body, Violations found)
{
    private const string Path = "/event";

    private readonly DefaultedMembers _defaulted = new();
    private IReadOnlyList<AttributeRule> _required = [];

    /// <summary>The event; meaningless where a violation was noted.</summary>
    public StreamEvent? Read()
    {
        var type = Type();

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
        ScalarObjects.CheckSessionAttributes(body, found);
        ScalarObjects.CheckExt(body, rules.Limits.ExtAttributes, found);
        if (body.TryGetProperty("client_key"u8, out _))
            found.Warn("client_key_ignored", "/event/client_key",
                "The tenant's own client key is sent instead.");

        var identifiers = type == EventTypes.Identity
            ? IdentifierList.Read(body, Path, rules.Limits.Limits.Identifiers, closed: false, found)
            : [];

        return found.Any ? null : Compose(type!, channel, pos!, page, browserId, identifiers, pointOfSale);
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

    private string? Type()
    {
        _required = AttributeRules.RequiredOf(null);
        var type = Text(AttributeRules.Type);
        if (type is null)
            return null;

        _required = AttributeRules.RequiredOf(type);
        if (EventTypes.Refusal(type) is var (code, reason))
            found.Error(code, "/event/type", $"{reason}; got \"{AttributeRule.Cut(type)}\".");
        return type;
    }

    private string? PointOfSale(out PointOfSaleOptions options)
    {
        var name = Text(AttributeRules.PointOfSale, rules.Defaults.PointOfSale);
        if (name is not null && rules.PointsOfSale.TryGetValue(name, out options!))
            return name;

        options = new PointOfSaleOptions();
        if (name is not null)
        {
            var meant = rules.PointsOfSale.Keys.FirstOrDefault(
                known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            var advice = meant is null ? "" : $" Names are case-sensitive: write it as \"{meant}\".";
            found.Error(AttributeRules.PointOfSale.Code, "/event/pos",
                AttributeRules.PointOfSale.Refuse(name) + advice);
        }

        return name;
    }

    /// <summary>
    /// A string attribute by its rule: the event's own, else the first default that is set. An empty string
    /// of the event is a value, of the configuration none.
    /// </summary>
    private string? Text(AttributeRule rule, string? first = null, string? second = null)
    {
        var path = JsonPointer.To(Path, rule.Name);
        if (!body.TryGetProperty(rule.Utf8Name, out var value))
        {
            var fallback = string.IsNullOrEmpty(first) ? second : first;
            if (!string.IsNullOrEmpty(fallback))
            {
                _defaulted.Add(rule.Name, fallback);
                return fallback;
            }

            if (_required.Contains(rule))
                found.Error("missing_attribute", path, $"Expected {rule.Expected}; it is absent.");
            return null;
        }

        if (!value.Is(JsonValueKind.String, path, found))
            return null;
        var text = value.GetString()!;
        if (rule.Accepts(text))
            return text;
        found.Error(rule.Code, path, rule.Refuse(text));
        return null;
    }

    private string? OrderReference(string type)
    {
        JsonElement reference = default;
        if (type == EventTypes.Checkout)
            _ = body.TryGetProperty("reference_id"u8, out reference);
        else if (type == EventTypes.OrderCheckout
            && body.TryGetProperty("order"u8, out var order) && order.ValueKind == JsonValueKind.Object)
            _ = order.TryGetProperty("referenceId"u8, out reference);

        return reference.ValueKind == JsonValueKind.String && reference.GetString() is { Length: > 0 } text
            ? text
            : null;
    }
}
