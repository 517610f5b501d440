using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Sessions;

/// <summary>Accept one behavioural event.</summary>
/// <param name="Guest">The guest id, recorded when this is the guest's first event.</param>
/// <param name="OrderFloor">Order time of the event before it in the same request: a request keeps its own order.</param>
/// <param name="Settle">The tenant's settle time.</param>
/// <param name="Now">The silo's clock.</param>
/// <param name="Quarantine">
/// Why the event must not be sent as it is: it is kept, in quarantine, instead of joining the line.
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

    /// <summary>What the tenant says of pre-flight and identity rules.</summary>
    public TenantRulesOptions Rules { get; init; } = new();

    /// <summary>
    /// Traffic of the SDKs: what the upstream takes today is sent, strict tenant or not, and identifiers beyond the guest's
    /// bound travel with their event without being remembered.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>Only what would happen is asked: the guest is taken to own the event's browser.</summary>
    public bool IsTrial { get; init; }
}

/// <summary>Remember identifiers, and queue an IDENTITY event when the set or the profile changed.</summary>
/// <param name="Profile">A JSON object of top-level IDENTITY attributes, or empty.</param>
/// <param name="EventId">The id of the IDENTITY event.</param>
/// <param name="Common">The common attributes of the IDENTITY event of a guest without a session to take them from.</param>
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
    /// <summary>The providers of the tenant's identity rules; where there are some, no others travel.</summary>
    public IReadOnlyList<string> IdentityRules { get; init; } = [];

    /// <summary>What is doubtful about the request; the IDENTITY event keeps it.</summary>
    public IReadOnlyList<EventWarning> Warnings { get; init; } = [];
}

/// <summary>What an event made by the service itself needs besides its content.</summary>
public sealed record CommonEventAttributes(
    string Channel, string Language, string Currency, string PointOfSale, TimeSpan SessionTimeout);

/// <summary>Take the outcome of an attempt.</summary>
/// <param name="Policy">The in-doubt policy by event type.</param>
/// <param name="Chance">Uniform in [0, 1), for the back-off.</param>
public sealed record EndDelivery(
    long Sequence, int Attempt, AttemptReport Report, Func<string, InDoubtPolicy> Policy, DateTimeOffset Now, double Chance)
{
    /// <summary>By event type, what a refused event does to its guest's line.</summary>
    public Func<string, RefusalPolicy> OnRefusal { get; init; } = static _ => RefusalPolicy.Skip;

    /// <summary>Failed attempts after which an event is set aside; 0 is no limit.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>The upstream accepts other events of the tenant: that this one fails is no outage.</summary>
    public bool OthersAreAccepted { get; init; }
}

/// <summary>A decision: what happens, and what the caller is told. Deciding changes nothing.</summary>
public readonly record struct Decision<TResult>(IReadOnlyList<SessionEvent> Events, TResult Result);

/// <summary>The answer to <see cref="RecordEvent"/>.</summary>
/// <param name="OrderAt">The order time of an accepted event.</param>
/// <param name="Found">Accepted: what the upstream will misread. Rejected by a strict tenant: what it would have.</param>
public readonly record struct RecordOutcome(
    RecordVerdict Verdict, long Sequence = 0, string? Code = null, DateTimeOffset? OrderAt = null,
    IReadOnlyList<Violation>? Found = null);

public enum RecordVerdict
{
    Accepted,

    /// <summary>Known with the same content; the sequence is the first one's.</summary>
    Duplicate,

    /// <summary>Refused for good.</summary>
    Rejected,

    /// <summary>A bound is reached; nothing was stored and the same event may come again.</summary>
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

    /// <summary>An outcome is awaited.</summary>
    public sealed record AwaitOutcome(OpenStart Open) : DeliveryStep;

    /// <summary>A person stopped the guest's delivery, and a person lets it go on.</summary>
    public sealed record Paused(PersonAct By) : DeliveryStep;

    /// <summary>An event was refused whose type makes the line wait for a person.</summary>
    public sealed record RefusedWaits : DeliveryStep;

    /// <summary>Too many events are set aside: the line waits for a person.</summary>
    public sealed record SetAsideFull : DeliveryStep;

    /// <summary>The head's browser belonged to another before, who has not delivered all of it yet.</summary>
    public sealed record AwaitBrowser(BrowserLink Link) : DeliveryStep;

    /// <summary>The guest needs its own browser id first.</summary>
    /// <param name="LocalId">Set where it needs to know what this local id stands for instead.</param>
    public sealed record NeedBrowserId(string? LocalId = null) : DeliveryStep;

    /// <summary>The head can be sent.</summary>
    public sealed record Send(LineEntry Head, string BrowserId) : DeliveryStep;
}
