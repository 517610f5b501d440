using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// A guest, as support sees it: a part of its state, with what follows from it at this time. Identifier values are complete
/// here; the API masks them.
/// </summary>
[GenerateSerializer, Immutable, Alias("guest-view")]
public sealed record GuestView
{
    [Id(0)] public required string Guest { get; init; }
    [Id(1)] public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Every browser id in the sessions kept, the guest's own first.</summary>
    [Id(2)] public required IReadOnlyList<string> BrowserIds { get; init; }
    [Id(3)] public required IReadOnlyList<Identifier> Identifiers { get; init; }

    /// <summary>Newest first.</summary>
    [Id(4)] public required IReadOnlyList<SessionView> Sessions { get; init; }
    [Id(5)] public required int Undelivered { get; init; }
    [Id(6)] public required long UndeliveredBytes { get; init; }
    [Id(7)] public required int Quarantined { get; init; }
    [Id(8)] public required int InDoubt { get; init; }
    [Id(9)] public required long Delivered { get; init; }
    [Id(10)] public required long LastSequence { get; init; }
    [Id(11)] public DateTimeOffset? OldestPendingAt { get; init; }

    /// <summary>
    /// <c>idle</c>, <c>waiting</c>, <c>sending</c>, <c>backing_off</c>, <c>taking_over</c>, <c>paused</c>,
    /// <c>refused_waits</c>, <c>set_aside_full</c>, <c>awaiting_browser</c> (the browser of its next event belonged to
    /// another guest before).
    /// </summary>
    [Id(12)] public required string Delivery { get; init; }

    /// <summary>When the next attempt is due; null when none waits.</summary>
    [Id(13)] public DateTimeOffset? NextAttemptAt { get; init; }
    [Id(14)] public required LimitsView Limits { get; init; }

    /// <summary>Who stopped delivery, when and why; null when nobody did.</summary>
    [Id(15)] public PersonAct? Pause { get; init; }
    [Id(16)] public long Discarded { get; init; }

    /// <summary>
    /// Guest ids of browsers that were anonymous before they belonged to this guest. Their history is part of its history.
    /// </summary>
    [Id(17)] public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>What the guest's next event waits for; null when nothing is undelivered.</summary>
    [Id(18)] public WaitView? Wait { get; init; }

    /// <summary>The guest's browsers that also belonged to another guest.</summary>
    [Id(19)] public IReadOnlyList<SharedBrowserView> SharedBrowsers { get; init; } = [];

    /// <summary>Who denied the guest's consent, and when; null while it is granted.</summary>
    [Id(20)] public PersonAct? ConsentDenied { get; init; }
}

/// <summary>One session of a guest, at the time of the answer.</summary>
/// <param name="Session">
/// The session, with the id of its browser if that is known. The cart has no lines when the guest has too many cart lines.
/// </param>
/// <param name="EndedAt">Null while the session is open or continued.</param>
/// <param name="CartType">
/// Null while the session is open with items and no order, or if another guest continues it.
/// </param>
[GenerateSerializer, Immutable, Alias("session-view")]
public sealed record SessionView(
    [property: Id(0)] UpstreamSession Session,
    [property: Id(1)] bool Open,
    [property: Id(2)] DateTimeOffset? EndedAt,
    [property: Id(3)] CartType? CartType);

/// <summary>How much of each bound is in use.</summary>
[GenerateSerializer, Immutable, Alias("limits-view")]
public sealed record LimitsView(
    [property: Id(0)] LimitUse UndeliveredEvents,
    [property: Id(1)] LimitUse UndeliveredBytes,
    [property: Id(2)] LimitUse SetAsideEvents,
    [property: Id(3)] LimitUse SetAsideBytes,
    [property: Id(4)] LimitUse DedupIds,
    [property: Id(5)] LimitUse Identifiers);

[GenerateSerializer, Immutable, Alias("limit-use")]
public readonly record struct LimitUse([property: Id(0)] long Used, [property: Id(1)] long Limit);

/// <summary>Which events of a timeline to read.</summary>
/// <param name="State">Only events in this state, by its name in the contract; null for all.</param>
/// <param name="Type">Only events of this type; null for all.</param>
/// <param name="After">Only events with a higher sequence, or a lower one when <c>Newest</c> is set; 0 starts.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="Newest">Whether to read from the newest event back in time.</param>
/// <param name="Warning">Only events with this warning, or <c>any</c>; null for all.</param>
[GenerateSerializer, Immutable, Alias("timeline-query")]
public sealed record TimelineQuery(
    [property: Id(0)] string? State,
    [property: Id(1)] string? Type,
    [property: Id(2)] long After,
    [property: Id(3)] int Limit,
    [property: Id(4)] bool Newest = false,
    [property: Id(5)] string? Warning = null);

/// <param name="Next">
/// The <c>After</c> of the next page; null when this is the last page. A filtered page may be short or empty without being
/// the last.
/// </param>
[GenerateSerializer, Immutable, Alias("timeline-page")]
public sealed record TimelinePage(
    [property: Id(0)] IReadOnlyList<EventSummary> Events,
    [property: Id(1)] long? Next)
{
    /// <summary>See <see cref="GuestView.Lines"/>.</summary>
    [Id(2)] public IReadOnlyList<string> Lines { get; init; } = [];
}

/// <summary>One event in the timeline: its receipt without the content, so that a page of 500 stays small.</summary>
[GenerateSerializer, Immutable, Alias("event-summary")]
public record EventSummary
{
    [Id(0)] public required long Sequence { get; init; }
    [Id(1)] public required string EventId { get; init; }
    [Id(2)] public required string Type { get; init; }
    [Id(3)] public DateTimeOffset? OccurredAt { get; init; }
    [Id(4)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the latest start of the event became durable.</summary>
    [Id(5)] public DateTimeOffset? SentAt { get; init; }
    [Id(6)] public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>
    /// <c>pending</c>, <c>sending</c>, <c>delivered</c>, <c>quarantined</c>, <c>in_doubt</c>, <c>discarded</c>,
    /// <c>superseded</c>, <c>dropped</c>.
    /// </summary>
    [Id(7)] public required string State { get; init; }
    [Id(8)] public bool Late { get; init; }
    [Id(9)] public bool PossiblyDuplicate { get; init; }
    [Id(10)] public int Attempts { get; init; }

    /// <summary>The upstream's <c>ref</c>.</summary>
    [Id(11)] public string? Reference { get; init; }

    /// <summary>Why the event is set aside.</summary>
    [Id(12)] public string? Code { get; init; }

    /// <summary>A person put the event back into the line.</summary>
    [Id(13)] public bool Redriven { get; init; }

    /// <summary>The event counts as delivered because a person decided so.</summary>
    [Id(14)] public bool Resolved { get; init; }

    /// <summary>The sequence of the identical IDENTITY that replaced the event.</summary>
    [Id(15)] public long? SupersededBy { get; init; }

    /// <summary>The sequence of the delivered event that this event delivers again.</summary>
    [Id(16)] public long? ReplayOf { get; init; }

    /// <summary>The warnings about the event.</summary>
    [Id(17)] public IReadOnlyList<EventWarning> Warnings { get; init; } = [];

    /// <summary>A person erased its body.</summary>
    [Id(18)] public bool Blanked { get; init; }
}

/// <summary>One event with all that its receipt has, and the body as sent, which only the guest's own state can compose.</summary>
[GenerateSerializer, Immutable, Alias("event-detail")]
public sealed record EventDetail
{
    [Id(0)] public required EventSummary Summary { get; init; }

    /// <summary>The event object as received.</summary>
    [Id(1)] public required ReadOnlyMemory<byte> Received { get; init; }

    /// <summary>
    /// The event object as sent upstream, with defaults and browser id but without the client key; empty while the guest
    /// has no browser id yet.
    /// </summary>
    [Id(2)] public ReadOnlyMemory<byte> Sent { get; init; }

    [Id(3)] public required IReadOnlyList<Attempt> Attempts { get; init; }

    /// <summary>The acts of people on the event, oldest first.</summary>
    [Id(4)] public IReadOnlyList<ReceiptAct> Acts { get; init; } = [];

    /// <summary>What the event waits for; null when it is not in the line.</summary>
    [Id(5)] public WaitView? Wait { get; init; }

    /// <summary>See <c>EventRecorded.FromPublicKey</c>.</summary>
    [Id(6)] public bool FromPublicKey { get; init; }

    /// <summary>The event's browser, if it also belonged to another guest.</summary>
    [Id(7)] public SharedBrowserView? SharedBrowser { get; init; }
}

/// <summary>A browser that several guests owned, one after the other.</summary>
/// <param name="Guests">The other owners, before or after, that the guest's sessions name.</param>
[GenerateSerializer, Immutable, Alias("shared-browser")]
public sealed record SharedBrowserView([property: Id(0)] string BrowserId, [property: Id(1)] IReadOnlyList<string> Guests);

/// <param name="Undelivered">How many events were waiting when the flush was committed.</param>
[GenerateSerializer, Immutable, Alias("flush-answer")]
public sealed record FlushAnswer([property: Id(0)] int Undelivered);
