using System.Text.Json.Serialization;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Sessions;

/// <summary>
/// Something that happened to a guest session. Events are the stored truth: they are written as JSON with the
/// discriminator <c>t</c>, so members are added with defaults and never renamed or reused (the golden journal in the
/// storage tests guards it).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t",
    UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(GuestOpened), "guest_opened")]
[JsonDerivedType(typeof(SessionStarted), "session_started")]
[JsonDerivedType(typeof(EventRecorded), "event_recorded")]
[JsonDerivedType(typeof(IdentifiersRemembered), "identifiers_remembered")]
[JsonDerivedType(typeof(BrowserIdAssigned), "browser_id_assigned")]
[JsonDerivedType(typeof(BrowserIdPostponed), "browser_id_postponed")]
[JsonDerivedType(typeof(DeliveryStarted), "delivery_started")]
[JsonDerivedType(typeof(EventDelivered), "event_delivered")]
[JsonDerivedType(typeof(DeliveryPostponed), "delivery_postponed")]
[JsonDerivedType(typeof(EventQuarantined), "event_quarantined")]
[JsonDerivedType(typeof(EventHeldInDoubt), "event_held_in_doubt")]
[JsonDerivedType(typeof(DeliveryUnsent), "delivery_unsent")]
[JsonDerivedType(typeof(DeliveryTakenOver), "delivery_taken_over")]
[JsonDerivedType(typeof(LateOutcomeRecorded), "late_outcome_recorded")]
[JsonDerivedType(typeof(LineFlushed), "line_flushed")]
[JsonDerivedType(typeof(EventExpired), "event_expired")]
[JsonDerivedType(typeof(EventRedriven), "event_redriven")]
[JsonDerivedType(typeof(EventDiscarded), "event_discarded")]
[JsonDerivedType(typeof(EventResolved), "event_resolved")]
[JsonDerivedType(typeof(GuestPaused), "guest_paused")]
[JsonDerivedType(typeof(GuestResumed), "guest_resumed")]
[JsonDerivedType(typeof(EventSuperseded), "event_superseded")]
[JsonDerivedType(typeof(SessionsClosed), "sessions_closed")]
[JsonDerivedType(typeof(EventQuarantinedUnsent), "event_quarantined_unsent")]
[JsonDerivedType(typeof(BrowserLinked), "browser_linked")]
[JsonDerivedType(typeof(BrowserReleased), "browser_released")]
[JsonDerivedType(typeof(SessionsForwarded), "sessions_forwarded")]
[JsonDerivedType(typeof(BrowserDrained), "browser_drained")]
[JsonDerivedType(typeof(BrowserCleared), "browser_cleared")]
[JsonDerivedType(typeof(LocalBrowserMapped), "local_browser_mapped")]
[JsonDerivedType(typeof(ReplayBegun), "replay_begun")]
[JsonDerivedType(typeof(ClockSet), "clock_set")]
[JsonDerivedType(typeof(ConsentChanged), "consent_changed")]
[JsonDerivedType(typeof(EventDropped), "event_dropped")]
[JsonDerivedType(typeof(EventBlanked), "event_blanked")]
[JsonDerivedType(typeof(BlankingEnded), "blanking_ended")]
[JsonDerivedType(typeof(EventRestored), "event_restored")]
public abstract record SessionEvent;

/// <summary>
/// From now on, the times of the state refer to this clock. If the wall clock was set, the state moves with it: every
/// time that it still waits for or counts from is that much later or earlier.
/// </summary>
/// <param name="By">By how much the state moves; 0 if another machine continues.</param>
public sealed record ClockSet(StateClock Clock, TimeSpan By = default) : SessionEvent;

/// <summary>The first event of every guest: the id its caller chose.</summary>
public sealed record GuestOpened(string Guest, DateTimeOffset At) : SessionEvent;

/// <summary>The upstream is expected to open a session for this (browser id, channel).</summary>
/// <param name="Session">Number of the session within the guest, from 1.</param>
/// <param name="BrowserId">The browser id named by the caller; null means the guest's own.</param>
/// <param name="Timeout">The point of sale's inactivity time-out.</param>
/// <param name="At">When its first event was received.</param>
public sealed record SessionStarted(
    int Session, string? BrowserId, string Channel, string PointOfSale, TimeSpan Timeout, DateTimeOffset At)
    : SessionEvent;

/// <summary>A behavioural event was accepted and joined the line.</summary>
public sealed record EventRecorded : SessionEvent, IAboutEvent
{
    /// <summary>Position in the guest's own order of acceptance, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required string EventId { get; init; }
    public required ContentHash Hash { get; init; }
    public required string Type { get; init; }
    public required string Channel { get; init; }
    public required string PointOfSale { get; init; }

    /// <summary>
    /// The session it belongs to, by <see cref="SessionStarted.Session"/>; 0 if it was quarantined on arrival,
    /// because the upstream knows of none.
    /// </summary>
    public required int Session { get; init; }

    public string? Page { get; init; }
    public string? BrowserId { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The time it sorts by in the line, ties by sequence. Never decreases while settle is 0.</summary>
    public required DateTimeOffset OrderAt { get; init; }

    /// <summary>When its settle time ends; it is not sent earlier. Null if the tenant has no settle time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>It is older than an event that was already sent.</summary>
    public bool Late { get; init; }

    public required Utf8Json Body { get; init; }
    public Utf8Json? Defaults { get; init; }
    public string? OrderReference { get; init; }

    /// <summary>The time-out of its point of sale, if it differs from that of its session so far.</summary>
    public TimeSpan? SessionTimeout { get; init; }

    /// <summary>The upstream did not know who the guest is, so it creates no order from it.</summary>
    public bool MakesNoOrder { get; init; }

    /// <summary>W3C trace context of the request that brought it, so that its delivery links back.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The visitor's <c>User-Agent</c>, if the tenant forwards it.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The visitor's address, if the tenant forwards it.</summary>
    public string? Address { get; init; }

    /// <summary>It came with a public key, from an SDK: anybody can send such events. False if a backend sent it.</summary>
    public bool FromPublicKey { get; init; }

    /// <summary>Its warnings on arrival; null if there were none.</summary>
    public IReadOnlyList<EventWarning>? Warnings { get; init; }

    /// <summary>Set if a person replayed a delivered event: this is the entry of the repeated delivery.</summary>
    public ReplaySource? Replay { get; init; }

    /// <summary>Bytes it counts against the limits of its guest.</summary>
    [JsonIgnore]
    public int Size => Body.Length + (Defaults?.Length ?? 0);
}

/// <summary>The set of identifiers grew or changed: these are new or have another expiry date.</summary>
/// <param name="ProfileHash">Hash of the profile that came with them, so that a repeated profile is recognised.</param>
public sealed record IdentifiersRemembered(
    IReadOnlyList<Identifier> Identifiers, DateTimeOffset At, ContentHash? ProfileHash = null) : SessionEvent;

/// <summary>The guest got its own browser id from the upstream.</summary>
public sealed record BrowserIdAssigned(string BrowserId, string? CustomerReference, DateTimeOffset At) : SessionEvent;

/// <summary>The upstream gave no browser id; the next attempt is not before <paramref name="RetryAt"/>.</summary>
public sealed record BrowserIdPostponed(int Attempt, string Reason, DateTimeOffset At, DateTimeOffset RetryAt)
    : SessionEvent;

/// <summary>The intent to send: durable before the request leaves.</summary>
public sealed record DeliveryStarted(long Sequence, int Attempt, DateTimeOffset At) : SessionEvent, IAboutEvent;

/// <summary>What is kept of an attempt in its receipt.</summary>
public sealed record AttemptResult(
    AttemptOutcome Outcome,
    DateTimeOffset EndedAt,
    TimeSpan Duration,
    int? Status = null,
    string? Reference = null,
    string? Answer = null,
    string? Error = null,
    ConnectionUse? Connection = null);

/// <summary>The upstream accepted the event; it leaves the line.</summary>
public sealed record EventDelivered(long Sequence, int Attempt, AttemptResult Result)
    : SessionEvent, IAboutEvent;

/// <summary>The attempt did not deliver; the event stays at the head of the line and is tried again.</summary>
/// <param name="PossiblyDuplicate">The attempt is in doubt and the policy of its type is to resend.</param>
public sealed record DeliveryPostponed(
    long Sequence, int Attempt, AttemptResult Result, DateTimeOffset RetryAt, bool PossiblyDuplicate = false)
    : SessionEvent, IAboutEvent;

/// <summary>The upstream refused the event permanently; it leaves the line and is kept.</summary>
/// <param name="Code">Why, as a stable code.</param>
/// <param name="BlocksLine">The policy of its type: the guest's line waits until a person acts on it.</param>
public sealed record EventQuarantined(
    long Sequence, int Attempt, AttemptResult Result, string Code, bool BlocksLine = false)
    : SessionEvent, IAboutEvent;

/// <summary>It may have arrived and its type forbids a blind resend: it leaves the line and is kept.</summary>
/// <param name="Code">Set if it is not sent again for a reason other than its type.</param>
public sealed record EventHeldInDoubt(long Sequence, int Attempt, AttemptResult Result, string? Code = null)
    : SessionEvent, IAboutEvent;

/// <summary>A start was never written to the wire; it does not count as an attempt upstream.</summary>
public sealed record DeliveryUnsent(long Sequence, int Attempt, AttemptResult Result) : SessionEvent, IAboutEvent;

/// <summary>
/// A new activation found a start without outcome. Until <paramref name="Until"/> the old one's outcome may still
/// come; then the event is in doubt.
/// </summary>
public sealed record DeliveryTakenOver(long Sequence, int Attempt, DateTimeOffset At, DateTimeOffset Until)
    : SessionEvent, IAboutEvent;

/// <summary>An outcome came for a start that had been given up; it may deliver an event that was in doubt.</summary>
/// <param name="Delivers">The event now counts as delivered.</param>
public sealed record LateOutcomeRecorded(long Sequence, int Attempt, AttemptResult Result, bool Delivers)
    : SessionEvent, IAboutEvent;

/// <summary>
/// The store was restored from a backup in which this event waits. It may have been delivered after the backup; it stays in the
/// line and is sent again.
/// </summary>
public sealed record EventRestored(long Sequence, DateTimeOffset At) : SessionEvent, IAboutEvent;

/// <summary>A person asked to deliver the waiting events now, without settle or back-off.</summary>
/// <param name="By">The id of the credential.</param>
/// <param name="Reason">In the person's own words.</param>
public sealed record LineFlushed(DateTimeOffset At, string? By = null, string? Reason = null, string? Via = null) : SessionEvent;

/// <summary>An identical IDENTITY of the same session followed before it was sent: it leaves the line.</summary>
/// <param name="By">The sequence of the one that follows.</param>
public sealed record EventSuperseded(long Sequence, long By, DateTimeOffset At) : SessionEvent, IAboutEvent;

/// <summary>Sessions were closed locally; this event does not tell the upstream.</summary>
/// <param name="Sessions">Their numbers.</param>
public sealed record SessionsClosed(IReadOnlyList<int> Sessions, DateTimeOffset At) : SessionEvent;

/// <summary>
/// An event failed validation on arrival, and its sender reads no answer. It leaves the line that it joined in the
/// same commit, and is kept.
/// </summary>
/// <param name="Code">Why, as a stable code of validation.</param>
public sealed record EventQuarantinedUnsent(long Sequence, string Code, DateTimeOffset At)
    : SessionEvent, IAboutEvent;
