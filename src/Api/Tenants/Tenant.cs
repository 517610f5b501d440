using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Tenants;

/// <summary>What the endpoints need of a tenant, created once for its settings.</summary>
public sealed class Tenant
{
    private readonly Dictionary<string, PointOfSaleOptions> _pointsOfSale;

    public Tenant(string name, TenantOptions options, IngestOptions limits, ExtTypes extTypes)
    {
        Name = name;
        Defaults = options.Defaults;
        _pointsOfSale = options.PointsOfSale.ToDictionary(pos => pos.Name, StringComparer.Ordinal);
        Rules = options.Rules;
        EventRules = new EventRules(_pointsOfSale, options.Defaults, limits)
        {
            Tenant = options.Rules,
            ExtTypes = extTypes,
        };
        Envelopes = new EnvelopeReader(EventRules);
        SdkEvents = new SdkEventReader(EventRules, (
            from pos in options.PointsOfSale
            from site in pos.SiteIds
            select (site, pos.Name)).ToDictionary(StringComparer.Ordinal));
        DryRun = new EnvelopeReader(EventRules with { DryRun = true });
        Identifiers = new IdentifiersRequestReader(limits, options.Rules);
    }

    public string Name { get; }

    public EventDefaults Defaults { get; }

    public TenantRulesOptions Rules { get; }

    /// <summary>The rules for events of this tenant.</summary>
    public EventRules EventRules { get; }

    /// <summary>Checks events by this tenant's rules.</summary>
    public EnvelopeReader Envelopes { get; }

    /// <summary>Reads events as SDKs send them.</summary>
    public SdkEventReader SdkEvents { get; }

    /// <summary>Checks events by this tenant's rules, without learning anything from them.</summary>
    public EnvelopeReader DryRun { get; }

    /// <summary>Checks requests to store identifiers.</summary>
    public IdentifiersRequestReader Identifiers { get; }

    /// <summary>
    /// The point of sale of an event that names none: the tenant's default, otherwise its only one, otherwise
    /// null.
    /// </summary>
    public PointOfSaleOptions? DefaultPointOfSale
        => Defaults.PointOfSale is { } name
            ? _pointsOfSale.GetValueOrDefault(name)
            : _pointsOfSale.Count == 1 ? _pointsOfSale.Values.First() : null;
}
