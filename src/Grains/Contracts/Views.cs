using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Grains.Contracts;

/// <summary>A guest as support sees it. Identifier values are whole here; the API masks them.</summary>
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

/// <summary>One session of a guest, as it stands at the time of the answer.</summary>
/// <param name="Session">
/// With the id of its browser where that is known, and without the lines of its cart where the guest has too many of them.
/// </param>
/// <param name="EndedAt">Null while it is open or continued.</param>
/// <param name="CartType">Null while it is open, holds something and has had no order.</param>
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
    [Id(17)] public IReadOnlyList<EventWarning> Warnings { get; init; } = [];
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

    [Id(3)] public required IReadOnlyList<Attempt> Attempts { get; init; }

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

/// <param name="Undelivered">How many events were waiting when the flush was committed.</param>
[GenerateSerializer, Immutable, Alias("flush-answer")]
public sealed record FlushAnswer([property: Id(0)] int Undelivered);
