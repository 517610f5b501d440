namespace GuestSessions.Grains.Contracts;

/// <summary>A guest as support sees it. Identifier values are whole here; the API masks them.</summary>
[GenerateSerializer, Immutable, Alias("guest-view")]
public sealed record GuestView
{
    [Id(0)] public required string Guest { get; init; }
    [Id(1)] public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Every browser id in the sessions kept, the guest's own first.</summary>
    [Id(2)] public required IReadOnlyList<string> BrowserIds { get; init; }
    [Id(3)] public required IReadOnlyList<IdentifierMessage> Identifiers { get; init; }

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
    /// <c>refused_waits</c>, <c>set_aside_full</c>, <c>awaiting_browser</c> (its next event's browser was another
    /// guest's before).
    /// </summary>
    [Id(12)] public required string Delivery { get; init; }

    /// <summary>When the next attempt is due, where one waits.</summary>
    [Id(13)] public DateTimeOffset? NextAttemptAt { get; init; }
    [Id(14)] public required LimitsView Limits { get; init; }

    /// <summary>Set while a person has stopped delivery.</summary>
    [Id(15)] public PauseView? Pause { get; init; }
    [Id(16)] public long Discarded { get; init; }

    /// <summary>
    /// Guest ids of browsers that had nobody's name before they had this guest's: their history belongs to its.
    /// </summary>
    [Id(17)] public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>What its next event waits for; null when nothing is undelivered.</summary>
    [Id(18)] public WaitView? Wait { get; init; }

    /// <summary>Those of its browsers that were another guest's too.</summary>
    [Id(19)] public IReadOnlyList<SharedBrowserView> SharedBrowsers { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("session-view")]
public sealed record SessionView(
    [property: Id(0)] int Number,
    [property: Id(1)] string? BrowserId,
    [property: Id(2)] string Channel,
    [property: Id(3)] string PointOfSale,
    [property: Id(4)] bool Open,
    [property: Id(5)] DateTimeOffset StartedAt,
    [property: Id(6)] DateTimeOffset LastActivityAt,
    [property: Id(7)] DateTimeOffset? EndedAt,
    [property: Id(8)] string? FirstPage,
    [property: Id(9)] string? LastPage,
    [property: Id(10)] IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>All its events.</summary>
    [Id(11)] public int Events { get; init; }

    [Id(12)] public required CartView Cart { get; init; }

    /// <summary>Guest id of the owner before, with whose browser it came while it was open.</summary>
    [Id(13)] public string? ContinuedFrom { get; init; }

    /// <summary>Guest id of the owner who continues it.</summary>
    [Id(14)] public string? ContinuedBy { get; init; }

    /// <summary>
    /// Guest id of the line in which it began, where that is another: with the number, the same wherever it is continued.
    /// </summary>
    [Id(15)] public string? OriginGuest { get; init; }

    /// <summary>Its number there.</summary>
    [Id(16)] public int? OriginNumber { get; init; }
}

/// <summary>A session's cart as the upstream keeps it.</summary>
/// <param name="Type"><c>BROWSED</c>, <c>ABANDONED</c>, <c>CONVERTED</c>; null while it is open, holds
/// something and has had no order.</param>
/// <param name="Lines">Empty for the summary of an older session.</param>
/// <param name="Count">How many lines it has, or had.</param>
/// <param name="Total">Quantity times price over its lines; null where one of them has none.</param>
/// <param name="Partial">More was added than is kept.</param>
[GenerateSerializer, Immutable, Alias("cart-view")]
public sealed record CartView(
    [property: Id(0)] string? Type,
    [property: Id(1)] IReadOnlyList<CartLineView> Lines,
    [property: Id(2)] int Count,
    [property: Id(3)] decimal? Total,
    [property: Id(4)] bool Confirmed,
    [property: Id(5)] bool Partial);

[GenerateSerializer, Immutable, Alias("cart-line-view")]
public sealed record CartLineView(
    [property: Id(0)] string ItemId,
    [property: Id(1)] decimal? Quantity,
    [property: Id(2)] decimal? Price,
    [property: Id(3)] decimal? Total);

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
/// <param name="After">Only events with a higher sequence, a lower one from the newest on; 0 starts.</param>
/// <param name="Limit">1 to 500.</param>
/// <param name="Newest">From the newest event on, back in time.</param>
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
/// The <c>After</c> of the following page; null when this is the last. A page of a filter may be short, even empty, and not
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

/// <summary>One event in the timeline.</summary>
[GenerateSerializer, Immutable, Alias("event-summary")]
public record EventSummary
{
    [Id(0)] public required long Sequence { get; init; }
    [Id(1)] public required string EventId { get; init; }
    [Id(2)] public required string Type { get; init; }
    [Id(3)] public DateTimeOffset? OccurredAt { get; init; }
    [Id(4)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When its latest start became durable.</summary>
    [Id(5)] public DateTimeOffset? SentAt { get; init; }
    [Id(6)] public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>
    /// <c>pending</c>, <c>sending</c>, <c>delivered</c>, <c>quarantined</c>, <c>in_doubt</c>, <c>discarded</c>,
    /// <c>superseded</c>.
    /// </summary>
    [Id(7)] public required string State { get; init; }
    [Id(8)] public bool Late { get; init; }
    [Id(9)] public bool PossiblyDuplicate { get; init; }
    [Id(10)] public int Attempts { get; init; }

    /// <summary>The upstream's <c>ref</c>.</summary>
    [Id(11)] public string? Reference { get; init; }

    /// <summary>Why it is set aside.</summary>
    [Id(12)] public string? Code { get; init; }

    /// <summary>A person put it back into the line.</summary>
    [Id(13)] public bool Redriven { get; init; }

    /// <summary>It counts as delivered because a person says so.</summary>
    [Id(14)] public bool Resolved { get; init; }

    /// <summary>The sequence of the identical IDENTITY that took its place.</summary>
    [Id(15)] public long? SupersededBy { get; init; }

    /// <summary>The sequence of the delivered event that this one delivers again.</summary>
    [Id(16)] public long? ReplayOf { get; init; }

    /// <summary>What was doubtful about it.</summary>
    [Id(17)] public IReadOnlyList<WarningMessage> Warnings { get; init; } = [];
}

/// <summary>One event whole.</summary>
[GenerateSerializer, Immutable, Alias("event-detail")]
public sealed record EventDetail
{
    [Id(0)] public required EventSummary Summary { get; init; }

    /// <summary>The event object as received.</summary>
    [Id(1)] public required ReadOnlyMemory<byte> Received { get; init; }

    /// <summary>
    /// The event object as it goes upstream, defaults and browser id filled in; empty while the guest has no browser
    /// id yet. The client key is left out.
    /// </summary>
    [Id(2)] public ReadOnlyMemory<byte> Sent { get; init; }

    [Id(3)] public required IReadOnlyList<AttemptView> Attempts { get; init; }

    /// <summary>What people did to it, oldest first.</summary>
    [Id(4)] public IReadOnlyList<ActView> Acts { get; init; } = [];

    /// <summary>What it waits for; null when it is not in the line.</summary>
    [Id(5)] public WaitView? Wait { get; init; }

    /// <summary>See <c>EventRecorded.FromPublicKey</c>.</summary>
    [Id(6)] public bool FromPublicKey { get; init; }

    /// <summary>Its browser, where that was another guest's too.</summary>
    [Id(7)] public SharedBrowserView? SharedBrowser { get; init; }
}

/// <summary>A browser that several guests owned, one after the other.</summary>
/// <param name="Guests">The others, before or after, as far as the guest's sessions tell.</param>
[GenerateSerializer, Immutable, Alias("shared-browser")]
public sealed record SharedBrowserView([property: Id(0)] string BrowserId, [property: Id(1)] IReadOnlyList<string> Guests);

/// <summary>One attempt of a delivery.</summary>
/// <param name="Outcome">
/// <c>sending</c>, <c>delivered</c>, <c>not_applied</c>, <c>unsent</c>, <c>refused</c>, <c>misconfigured</c>, <c>in_doubt</c>.
/// </param>
[GenerateSerializer, Immutable, Alias("attempt-view")]
public sealed record AttemptView(
    [property: Id(0)] int Attempt,
    [property: Id(1)] DateTimeOffset StartedAt,
    [property: Id(2)] DateTimeOffset? EndedAt,
    [property: Id(3)] TimeSpan? Duration,
    [property: Id(4)] string Outcome,
    [property: Id(5)] int? Status,
    [property: Id(6)] string? Reference,
    [property: Id(7)] string? Answer,
    [property: Id(8)] string? Error)
{
    /// <summary><c>fresh</c> or <c>pooled</c>; null when nothing can have left.</summary>
    [Id(9)] public string? Connection { get; init; }
}

/// <param name="Undelivered">How many events were waiting when the flush was committed.</param>
[GenerateSerializer, Immutable, Alias("flush-answer")]
public sealed record FlushAnswer([property: Id(0)] int Undelivered);
