using System.Runtime.InteropServices;
using System.Text.Json;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Events;

/// <summary>
/// Checks the event object of one envelope and makes a <see cref="StreamEvent"/> of it. An event that the upstream
/// would refuse, or accept with a 201 and then drop, has an error. Attributes that no rule knows pass through.
/// </summary>
/// <param name="rules">What is known of the tenant.</param>
/// <param name="body">The event object.</param>
/// <param name="found">Collects the violations.</param>
/// <param name="site">The point of sale that the request names instead of the event.</param>
internal sealed class EventReader(EventRules rules, JsonElement body, Violations found, string? site = null)
{
    /// <summary>Characters of a page that the guest's sessions keep; the whole page is sent.</summary>
    public const int LongestPage = 512;

    /// <summary>The place of an event in its envelope.</summary>
    internal const string Path = "/event";

    private const string TypePath = "/event/type";
    private const string PointOfSalePath = "/event/pos";

    private static readonly KnownTexts Types = new(EventTypes.Standard);
    private static readonly KnownTexts Channels = new(AttributeRules.Channels);

    private readonly DefaultedMembers _defaulted = new(Path);
    private IReadOnlyList<AttributeRule> _required = [];
    private MemberNames _names = null!;
    private RuleCheck _check = null!;
    private ExtTypeCheck _extTypes;
    private bool _hasNewExt;

    /// <summary>The event's type as the upstream spells it, once it was read; null if there is none.</summary>
    private string? Type { get; set; }

    /// <summary>The event; null if there is an error.</summary>
    public StreamEvent? Read()
    {
        _check = new RuleCheck(found, _defaulted, rules.Limits.ExtAttributes);
        var type = Type = ReadType();
        _names = MemberNames.OfEvent(type);

        // The point of sale comes before the rest, because its defaults win over the tenant's.
        var pos = PointOfSale(out var pointOfSale);
        var own = pointOfSale.Defaults;
        var tenant = rules.Defaults;
        var channel = Text(AttributeRules.Channel, own.Channel, tenant.Channel, Channels);
        Check(AttributeRules.Language, own.Language, tenant.Language);
        Check(AttributeRules.Currency, own.Currency, tenant.Currency);
        var page = Text(AttributeRules.Page);
        var browserId = Text(AttributeRules.BrowserId);
        Check(AttributeRules.RequestedAt);
        Further();
        Masks();
        var identifiers = Own(type);
        if (found.Any)
            return null;
        // Events from a public key must not influence the warnings for backends.
        if (_hasNewExt && !rules.DryRun && !found.IsLenient)
            _extTypes.Learn();
        return Compose(type!, channel, pos!, page, browserId, identifiers, pointOfSale);
    }

    private StreamEvent Compose(string type, string? channel, string pos, string? page, string? browserId,
        IReadOnlyList<Identifier> identifiers, PointOfSaleOptions pointOfSale) => new()
        {
            Type = type,
            Channel = channel ?? "",
            PointOfSale = pos,
            Page = page is null ? null : CleanText.Cut(page, LongestPage),
            BrowserId = browserId,
            // A copy, so that a waiting event does not keep its whole request in memory.
            Body = new Utf8Json(JsonMarshal.GetRawUtf8Value(body).ToArray()),
            Defaults = _defaulted.ToJson(),
            Identifiers = identifiers,
            OrderReference = OrderReference(type),
            SessionTimeout = pointOfSale.SessionTimeout,
            Warnings = EventWarning.Of(found.Warnings),
        };

    private string? ReadType()
    {
        _required = AttributeRules.RequiredOf(null);
        var text = Text(AttributeRules.Type, known: Types);
        if (text is null)
            return null;
        var type = EventTypes.Read(text);
        if (type.Length == 0)
        {
            found.Error(AttributeRules.Type.Form!.Code, TypePath, AttributeRules.Type.Form.Say(text));
            return text;
        }

        if (type != text)
        {
            _defaulted.Amend(TypePath, type);
            found.Warn(EventCodes.Normalised, TypePath,
                $"\"{TextForm.Cut(text)}\" would count as a custom event of that name; it is sent as {TextForm.Cut(type)}.");
        }

        _required = AttributeRules.RequiredOf(type);
        if (EventTypes.Standard.Contains(type))
            return type;
        var meant = EventTypes.MeantBy(type);
        if (EventTypes.Refusal(type, rules.Tenant.AllowForceClose) is var (code, reason))
            found.Error(code, TypePath, $"{reason}; got \"{TextForm.Cut(text)}\".{Spelling.Advice(meant)}");
        else if (type != EventTypes.ForceClose && meant is not null)
            found.Warn(EventCodes.DoubtfulType, TypePath,
                $"\"{TextForm.Cut(type)}\" counts as a custom event.{Spelling.Advice(meant)}");
        return type;
    }

    private string? PointOfSale(out PointOfSaleOptions options)
    {
        var name = Text(AttributeRules.PointOfSale, site, rules.Defaults.PointOfSale, rules.PointOfSaleNames);
        if (name is not null && rules.PointsOfSale.TryGetValue(name, out options!))
            return name;

        options = new PointOfSaleOptions();
        var form = AttributeRules.PointOfSale.Form!;
        if (name is null)
        {
            // It has another JSON type, so it names no point of sale.
            if (!found.Any)
                found.Fatal(form.Code, PointOfSalePath, $"Expected {form.Expected}.");
            return null;
        }

        var clean = CleanText.Of(name);
        if (rules.PointsOfSale.TryGetValue(clean, out var known))
        {
            options = known;
            _defaulted.Amend(PointOfSalePath, clean);
            found.Warn(EventCodes.Normalised, PointOfSalePath, form.DescribeFix(name, clean));
            return clean;
        }

        found.Fatal(form.Code, PointOfSalePath, form.Say(name) + PointOfSaleAdvice.For(clean, rules.PointsOfSale));
        return name;
    }

    /// <summary>
    /// A string attribute by its rule: the event's own value, otherwise the first default that is set. An empty
    /// string or a null counts as a value of the event, except in SDK events. An empty default counts as not set.
    /// </summary>
    private string? Text(AttributeRule rule, string? first = null, string? second = null, KnownTexts? known = null)
        => OwnValue(rule, first, second, out var fallback) is { } value
            ? _check.Text(value, rule, rule.PointerInEvent, known)
            : fallback;

    /// <summary>The same for an attribute whose text nothing here needs.</summary>
    private void Check(AttributeRule rule, string? first = null, string? second = null)
    {
        if (OwnValue(rule, first, second, out _) is { } value)
            _check.Value(value, rule, rule.PointerInEvent);
    }

    /// <summary>The event's own value, which is yet to be checked; null where a default or nothing takes its place.</summary>
    private JsonElement? OwnValue(AttributeRule rule, string? first, string? second, out string? fallback)
    {
        var isThere = body.TryGetProperty(rule.Utf8Name, out var value);
        var isBlank = isThere && found.IsLenient && IsBlank(value);
        fallback = !string.IsNullOrEmpty(first) ? first : string.IsNullOrEmpty(second) ? null : second;
        if (isThere && !isBlank)
        {
            if (value.ValueKind != JsonValueKind.Null || fallback is not null || !IsRequired(rule))
                return value;
            _check.Null(rule, rule.PointerInEvent);
            return null;
        }

        if (fallback is not null)
        {
            if (!isBlank)
                _defaulted.Add(rule.Name, fallback);
            else
                Replace(value, rule, fallback, rule.PointerInEvent);
            return null;
        }

        if (isBlank && ReferenceEquals(rule, AttributeRules.BrowserId))
            return value;
        if (IsRequired(rule))
            Miss(rule, rule.PointerInEvent);
        return null;
    }

    // Comparing whole rules would compare every member of them.
    private bool IsRequired(AttributeRule rule)
    {
        for (var at = 0; at < _required.Count; at++)
        {
            if (ReferenceEquals(_required[at], rule))
                return true;
        }

        return false;
    }

    /// <summary>A default in the place of a value that says nothing.</summary>
    private void Replace(JsonElement blank, AttributeRule rule, string fallback, string path)
    {
        _defaulted.Amend(path, fallback);

        // The edge form leaves the point of sale empty and names the site in the address.
        if (rule != AttributeRules.PointOfSale || site is null)
            found.Warn(EventCodes.DefaultSent, path, $"Expected {rule.Expected}; got "
                + (blank.ValueKind == JsonValueKind.Null ? "null" : "an empty string") + $". The default {fallback} is sent.");
    }

    private void Miss(AttributeRule rule, string path)
    {
        var advice = MemberNames.OfEvent(Type).AdviceFor(rule.Name, body);

        // The upstream shows no event without a point of sale.
        if (rule == AttributeRules.PointOfSale)
            found.Fatal(EventCodes.MissingAttribute, path, Violations.Absent(rule.Expected) + advice);
        else
            found.Missing(path, rule.Expected, advice);
    }

    private static bool IsBlank(JsonElement value)
        => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));

    /// <summary>What an event of any type may carry.</summary>
    private void Further()
    {
        _check.Members(body, AttributeRules.Further, Path, _names);
        _names.Check(body, Path, found, _defaulted);
        NumberRange.Check(body, Path, found);
        ScalarObjects.CheckSessionAttributes(body, found);
        if (ScalarObjects.CheckExt(body, rules.Limits.ExtAttributes, found, Type == EventTypes.Form) is { } ext
            && rules.ExtTypes is { } types && Type is { } type)
        {
            _extTypes = new ExtTypeCheck(types, type, ext);
            _hasNewExt = _extTypes.Check(rules.Tenant.Strict, found);
        }

        if (!found.IsLenient && body.TryGetProperty("client_key"u8, out _))
            found.Warn(EventCodes.ClientKeyIgnored, "/event/client_key",
                "The tenant's own client key is sent instead.");
    }

    /// <summary>Rejects values copied from a masked view. SDK events are not copied from one.</summary>
    private void Masks()
    {
        if (!found.IsLenient && MaskMarks.FindMask(body, Path) is { } masked)
            found.Error(masked.Code, masked.Path, masked.Detail);
    }

    /// <summary>The attributes of the type itself.</summary>
    private IReadOnlyList<Identifier> Own(string? type)
    {
        if (type is null)
            return [];
        _check.Members(body, TypeRules.Of(type), Path, _names);
        return type == EventTypes.Identity
            ? new IdentifierList(rules.Limits, rules.Tenant, found, _defaulted).Read(body, Path)
            : [];
    }

    private string? OrderReference(string type)
    {
        JsonElement reference = default;
        if (type == EventTypes.Checkout)
            _ = body.TryGetProperty("reference_id"u8, out reference);
        else if (type == EventTypes.OrderCheckout && body.TryGetProperty("order"u8, out var order))
            _ = order.ValueKind == JsonValueKind.Object && order.TryGetProperty("referenceId"u8, out reference);
        return reference.ValueKind == JsonValueKind.String ? CleanText.Of(reference.GetString()!) : null;
    }
}
