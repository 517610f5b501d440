using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>A caller's envelope that passed every check.</summary>
/// <param name="EventId">The caller's idempotency key, or null where the service makes one.</param>
/// <param name="Guest">The <c>guest</c> member, where the envelope names its guest itself.</param>
/// <param name="OccurredAt">When it happened, by the caller's clock.</param>
/// <param name="Hash">Over the canonical envelope as received, before defaults, numbers as written.</param>
/// <param name="Event">The event with its defaults.</param>
public sealed record Envelope(
    string? EventId, string? Guest, DateTimeOffset? OccurredAt, ContentHash Hash, StreamEvent Event);

/// <summary>
/// What checking an envelope came to. <see cref="Envelope"/> is null exactly when there are errors; ids are filled
/// wherever they could be read, so that a rejection can name its event.
/// </summary>
public sealed record EnvelopeCheck(
    Envelope? Envelope,
    string? EventId,
    string? Guest,
    IReadOnlyList<Violation> Errors,
    IReadOnlyList<Violation> Warnings)
{
    /// <summary>The event's type, where one could be read.</summary>
    public string? Type { get; init; }

    /// <summary>The order that the event is about, where one could be read.</summary>
    public string? OrderReference { get; init; }
}

/// <summary>What the checks need to know of a tenant.</summary>
/// <param name="PointsOfSale">By name, case-sensitive as the upstream compares them.</param>
/// <param name="Defaults">The tenant's own defaults; those of a point of sale win over them.</param>
/// <param name="Limits">Bytes, nesting and counts.</param>
public sealed record EventRules(
    IReadOnlyDictionary<string, PointOfSaleOptions> PointsOfSale, EventDefaults Defaults, IngestOptions Limits)
{
    /// <summary>How strict the tenant is, and the providers of its identity rules.</summary>
    public TenantRulesOptions Tenant { get; init; } = new();

    /// <summary>The types that <c>ext</c> attributes had so far; null where nobody remembers them.</summary>
    public ExtTypes? ExtTypes { get; init; }

    /// <summary>Only says what it would come to: what an event shows that is new is not remembered.</summary>
    public bool DryRun { get; init; }
}
