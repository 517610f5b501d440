using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Events;

/// <summary>A caller's envelope that passed every check.</summary>
/// <param name="EventId">The caller's idempotency key; null if the service makes one.</param>
/// <param name="Guest">The <c>guest</c> member, if the envelope has one.</param>
/// <param name="OccurredAt">When it happened, by the caller's clock.</param>
/// <param name="Hash">Over the canonical envelope as received, before defaults, numbers as written.</param>
/// <param name="Event">The event with its defaults.</param>
public sealed record Envelope(
    string? EventId, string? Guest, DateTimeOffset? OccurredAt, ContentHash Hash, StreamEvent Event);

/// <summary>
/// The result of checking an envelope. <see cref="Envelope"/> is null exactly when there are errors; ids are set
/// whenever they could be read, so that a rejection can name its event.
/// </summary>
public sealed record EnvelopeCheck(
    Envelope? Envelope,
    string? EventId,
    string? Guest,
    IReadOnlyList<Violation> Errors,
    IReadOnlyList<Violation> Warnings)
{
    private readonly IReadOnlyList<EventSubject>? _subjects;

    /// <summary>What the events in it are about; at least one. Few events are rejected, so it is made when it is asked for.</summary>
    public IReadOnlyList<EventSubject> Subjects
    {
        get => _subjects ?? [new EventSubject(Guest, EventId, Envelope?.Event.Type, Envelope?.Event.OrderReference)];
        init => _subjects = value;
    }
}

/// <summary>What the checks need to know of a tenant.</summary>
/// <param name="PointsOfSale">By name, case-sensitive as the upstream compares them.</param>
/// <param name="Defaults">The tenant's own defaults; those of a point of sale take precedence.</param>
/// <param name="Limits">Bytes, nesting and counts.</param>
public sealed record EventRules(
    IReadOnlyDictionary<string, PointOfSaleOptions> PointsOfSale, EventDefaults Defaults, IngestOptions Limits)
{
    /// <summary>How strict the tenant is, and the providers of its identity rules.</summary>
    public TenantRulesOptions Tenant { get; init; } = new();

    /// <summary>The types that <c>ext</c> attributes had so far; null if they are not remembered.</summary>
    public ExtTypes? ExtTypes { get; init; }

    /// <summary>Spares most events a string for their point of sale; decides nothing.</summary>
    internal KnownTexts PointOfSaleNames { get; } = new(PointsOfSale.Keys);

    /// <summary>Only checks: nothing new in an event is remembered.</summary>
    public bool DryRun { get; init; }
}
