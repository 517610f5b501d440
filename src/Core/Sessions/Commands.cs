using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Sessions;

/// <summary>Accept one behavioural event.</summary>
/// <param name="Guest">The guest id, recorded when this is the guest's first event.</param>
/// <param name="OrderFloor">Order time of the previous event in the same request: a request keeps its own order.</param>
/// <param name="Settle">The tenant's settle time.</param>
/// <param name="Now">The silo's clock.</param>
/// <param name="Quarantine">
/// The code of the reason why the event must not be sent as it is: it goes into quarantine instead of the line.
/// </param>
public sealed record RecordEvent(
    string Guest,
    string EventId,
    ContentHash Hash,
    StreamEvent Event,
    DateTimeOffset? OccurredAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? OrderFloor,
    TimeSpan Settle,
    string? TraceParent,
    DateTimeOffset Now,
    string? Quarantine = null)
{
    /// <summary>It came with a public key, not from a backend.</summary>
    public bool FromPublicKey { get; init; }

    /// <summary>The tenant's pre-flight and identity rules.</summary>
    public TenantRulesOptions Rules { get; init; } = new();

    /// <summary>
    /// The event comes from an SDK: even for a strict tenant it is sent if the upstream accepts it today. Identifiers
    /// beyond the guest's limit are sent with the event, but not remembered.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>A dry run: the guest is assumed to own the event's browser.</summary>
    public bool IsTrial { get; init; }
}

/// <summary>Remember identifiers, and queue an IDENTITY event when the set or the profile changed.</summary>
/// <param name="Profile">A JSON object of top-level IDENTITY attributes, or empty.</param>
/// <param name="EventId">The id of the IDENTITY event.</param>
/// <param name="Common">
/// The common attributes of the IDENTITY event, for a guest without a session to take them from.
/// </param>
/// <param name="DefaultsOf">By point of sale: its defaults, completed by the tenant's.</param>
public sealed record RememberIdentifiers(
    string Guest,
    IReadOnlyList<Identifier> Identifiers,
    Utf8Json Profile,
    string EventId,
    CommonEventAttributes Common,
    Func<string, EventDefaults> DefaultsOf,
    DateTimeOffset ReceivedAt,
    TimeSpan Settle,
    string? TraceParent,
    DateTimeOffset Now)
{
    /// <summary>The providers of the tenant's identity rules; if there are any, no others are sent.</summary>
    public IReadOnlyList<string> IdentityRules { get; init; } = [];

    /// <summary>Warnings about the request; the IDENTITY event keeps them.</summary>
    public IReadOnlyList<EventWarning> Warnings { get; init; } = [];
}

/// <summary>What an event made by the service itself needs besides its content.</summary>
public sealed record CommonEventAttributes(
    string Channel, string Language, string Currency, string PointOfSale, TimeSpan SessionTimeout);

/// <summary>Record the outcome of an attempt.</summary>
/// <param name="Policy">The in-doubt policy by event type.</param>
/// <param name="Chance">Uniform in [0, 1), for the back-off.</param>
public sealed record EndDelivery(
    long Sequence, int Attempt, AttemptReport Report, Func<string, InDoubtPolicy> Policy, DateTimeOffset Now, double Chance)
{
    /// <summary>By event type, what a refused event does to its guest's line.</summary>
    public Func<string, RefusalPolicy> OnRefusal { get; init; } = static _ => RefusalPolicy.Skip;

    /// <summary>Failed attempts after which an event is set aside; 0 means no limit.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>The upstream accepts other events of the tenant, so the failure of this one is no outage.</summary>
    public bool OthersAreAccepted { get; init; }
}

/// <summary>A decision: the events to store, and the result for the caller. Deciding changes nothing.</summary>
public readonly record struct Decision<TResult>(IReadOnlyList<SessionEvent> Events, TResult Result);

/// <summary>The answer to <see cref="RecordEvent"/>.</summary>
/// <param name="OrderAt">The order time of an accepted event.</param>
/// <param name="Found">
/// What the upstream will misread in an accepted event, or would misread in one that a strict tenant rejects.
/// </param>
public readonly record struct RecordOutcome(
    RecordDecision Decision, long Sequence = 0, string? Code = null, DateTimeOffset? OrderAt = null,
    IReadOnlyList<Violation>? Found = null);

public enum RecordDecision
{
    Accepted,

    /// <summary>Known with the same content; the sequence is that of the first event.</summary>
    Duplicate,

    /// <summary>Rejected permanently.</summary>
    Rejected,

    /// <summary>A limit is reached. Nothing was stored; retry the same event.</summary>
    Retry,

    /// <summary>It would be accepted, but the guest does not own its browser id: link that first.</summary>
    NeedsBrowser,
}

/// <summary>The answer to <see cref="RememberIdentifiers"/>.</summary>
/// <param name="Queued">The IDENTITY event's outcome; null when nothing changed.</param>
public readonly record struct RememberOutcome(RecordOutcome? Queued);

/// <summary>What a guest's delivery waits for, or is ready to do.</summary>
public abstract record DeliveryStep
{
    /// <summary>Nothing is undelivered.</summary>
    public sealed record Idle : DeliveryStep;

    /// <summary>The head may not be sent before <paramref name="Until"/>.</summary>
    public sealed record Wait(DateTimeOffset Until) : DeliveryStep;

    /// <summary>The outcome of an attempt is not known yet.</summary>
    public sealed record AwaitOutcome(OpenStart Open) : DeliveryStep;

    /// <summary>A person paused the guest's delivery, and a person must resume it.</summary>
    public sealed record Paused(PersonAct By) : DeliveryStep;

    /// <summary>An event was refused, and the policy of its type makes the line wait for a person.</summary>
    public sealed record RefusedWaits : DeliveryStep;

    /// <summary>Too many events are set aside: the line waits for a person.</summary>
    public sealed record SetAsideFull : DeliveryStep;

    /// <summary>The previous owner of the head's browser has not delivered all its events yet.</summary>
    public sealed record AwaitBrowser(BrowserLink Link) : DeliveryStep;

    /// <summary>The guest needs its own browser id first.</summary>
    /// <param name="LocalId">Set if the guest needs the upstream id of this local id instead.</param>
    public sealed record NeedBrowserId(string? LocalId = null) : DeliveryStep;

    /// <summary>The head can be sent.</summary>
    public sealed record Send(LineEntry Head, string BrowserId) : DeliveryStep;
}
