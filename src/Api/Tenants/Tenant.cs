using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Api.Tenants;

/// <summary>A tenant as the endpoints need it, made once.</summary>
public sealed class Tenant
{
    private readonly Dictionary<string, PointOfSaleOptions> _pointsOfSale;

    public Tenant(string name, TenantOptions options, IngestOptions limits)
    {
        Name = name;
        Defaults = options.Defaults;
        _pointsOfSale = options.PointsOfSale.ToDictionary(pos => pos.Name, StringComparer.Ordinal);
        Envelopes = new EnvelopeReader(new EventRules(_pointsOfSale, options.Defaults, limits));
    }

    public string Name { get; }

    public EventDefaults Defaults { get; }

    /// <summary>Checks events by this tenant's rules.</summary>
    public EnvelopeReader Envelopes { get; }

    /// <summary>
    /// The point of sale of an event that names none: the tenant's default, else the only one there is, else
    /// null.
    /// </summary>
    public PointOfSaleOptions? DefaultPointOfSale
        => Defaults.PointOfSale is { } name
            ? _pointsOfSale.GetValueOrDefault(name)
            : _pointsOfSale.Count == 1 ? _pointsOfSale.Values.First() : null;
}
