using System.Text.Json.Serialization;
using GuestSessions.Api.Delivery;
using GuestSessions.Api.Errors;
using GuestSessions.Api.Rejections;
using GuestSessions.Api.Support;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Guests;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's own order.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null when this is the last.</param>
public sealed record ItemList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A guest as support sees it. Names, pages, types and identifiers are masked, and line and limits are grouped.</summary>
/// <param name="OpenedAt">When the first event or identifier arrived.</param>
/// <param name="BrowserIds">The guest's own first.</param>
/// <param name="Identifiers">With masked values.</param>
/// <param name="Sessions">Newest first, as the upstream is expected to delimit them.</param>
/// <param name="Pause">Set while a person has stopped delivery.</param>
public sealed record GuestBody(
    string Guest,
    DateTimeOffset OpenedAt,
    IReadOnlyList<string> BrowserIds,
    IReadOnlyList<KnownIdentifier> Identifiers,
    IReadOnlyList<SessionBody> Sessions,
    LineBody Line,
    int Quarantined,
    int InDoubt,
    long Delivered,
    long Discarded,
    long LastSequence,
    PauseBody? Pause,
    LimitsBody Limits)
{
    /// <summary>
    /// The latest 64 browsers that were anonymous before this guest was named for them. Their events are in its timeline and
    /// in its counts; sequence and limits belong to the guest's own line.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LinkedLineBody>? Lines { get; init; }

    /// <summary>Number of all these browsers; <c>/v1/guests/{guest}/browsers</c> lists them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? LineCount { get; init; }

    /// <summary>
    /// Those of its browsers that another guest had too. The upstream knows one guest per browser, so it may count one
    /// guest's events to the other.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SharedBrowserBody>? SharedBrowsers { get; init; }

    /// <summary>Who denied the guest's consent, when and why; left out while it is granted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseBody? ConsentDenied { get; init; }

    /// <summary>The latest twenty of its events that were rejected at ingest and never forwarded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectionItem>? Rejections { get; init; }
}

/// <summary>The line of a browser that was anonymous.</summary>
/// <param name="Guest">Its own guest id.</param>
/// <param name="Depth">Undelivered events.</param>
/// <param name="Delivery">As in the guest's own line.</param>
public sealed record LinkedLineBody(
    string Guest, int Depth, string Delivery, int Quarantined, int InDoubt, long Delivered)
{
    /// <summary>As in the guest's own line.</summary>
    public WaitBody? Waiting { get; init; }
}

/// <param name="Id">Masked.</param>
public sealed record KnownIdentifier(string Provider, string Id, string? ExpiryDate);

/// <param name="BrowserId">Null while the guest has none of its own yet.</param>
/// <param name="State">
/// <c>OPEN</c>, <c>CLOSED</c> or <c>CONTINUED</c>: another guest now owns its browser and continues the session.
/// </param>
/// <param name="EndedAt">Null while it is open or continued.</param>
/// <param name="Duration">Seconds from its first event to its end, or to its last event while it is open.</param>
/// <param name="Counts">Events by type.</param>
/// <param name="Events">Number of all events; the upstream's decisions see 100.</param>
/// <param name="Cart">What is in it, and what became of it.</param>
public sealed record SessionBody(
    int Number,
    string? BrowserId,
    string Channel,
    string Pos,
    bool Open,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset LastActivityAt,
    DateTimeOffset? EndedAt,
    double Duration,
    string? FirstPage,
    string? LastPage,
    IReadOnlyDictionary<string, int> Counts,
    int Events,
    CartBody Cart)
{
    /// <summary>The guest who owned the browser before and whose session this one continues.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContinuedFrom { get; init; }

    /// <summary>The guest who now owns the browser and continues the session; its later events are in that guest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ContinuedBy { get; init; }
}

/// <summary>A session's cart, as the upstream is expected to keep it, with its value. Item ids are masked.</summary>
/// <param name="Type">
/// <c>BROWSED</c>, <c>ABANDONED</c> or <c>CONVERTED</c>; null while an open session has items in its cart and no order.
/// </param>
/// <param name="Lines">One line per item; the last ADD wins. Empty for the summary of an older session.</param>
/// <param name="LineCount">How many lines the cart has, or had.</param>
/// <param name="Total">Sum of quantity times price over all lines; null if a line lacks one of them.</param>
/// <param name="AbandonedRevenue">The total of an abandoned cart; null for any other cart.</param>
/// <param name="Confirmed">At least one of its items was confirmed.</param>
/// <param name="Partial">More items were added than are kept.</param>
public sealed record CartBody(
    string? Type,
    IReadOnlyList<CartLineBody> Lines,
    int LineCount,
    decimal? Total,
    decimal? AbandonedRevenue,
    bool Confirmed,
    bool Partial);

/// <param name="Price">Of one piece.</param>
public sealed record CartLineBody(string ItemId, decimal? Quantity, decimal? Price, decimal? Total);

/// <summary>The guest's undelivered events.</summary>
/// <param name="OldestPendingAge">Seconds.</param>
/// <param name="Delivery">
/// <c>idle</c>, <c>waiting</c>, <c>sending</c>, <c>backing_off</c>, <c>taking_over</c>, <c>paused</c>,
/// <c>refused_waits</c>, <c>set_aside_full</c> or <c>awaiting_browser</c>: another guest had the next event's browser
/// before, and that guest's line still has to deliver the browser's earlier events.
/// </param>
public sealed record LineBody(
    int Depth,
    long Bytes,
    DateTimeOffset? OldestPendingAt,
    double? OldestPendingAge,
    string Delivery,
    DateTimeOffset? NextAttemptAt)
{
    /// <summary>Why its next event waits; null when nothing is undelivered.</summary>
    public WaitBody? Waiting { get; init; }
}

/// <summary>How much of each bound is in use. Its own type: a member of a grain's answer does not become public by itself.</summary>
public sealed record LimitsBody(
    LimitBody UndeliveredEvents,
    LimitBody UndeliveredBytes,
    LimitBody SetAsideEvents,
    LimitBody SetAsideBytes,
    LimitBody DedupIds,
    LimitBody Identifiers);

public sealed record LimitBody(long Used, long Limit);

/// <summary>One event in the timeline. Its type and the paths of its warnings are masked, and it says <c>ref</c>.</summary>
/// <param name="State">
/// <c>pending</c>, <c>sending</c>, <c>delivered</c>, <c>quarantined</c>, <c>in_doubt</c>, <c>discarded</c> or
/// <c>superseded</c>, <c>dropped</c>.
/// </param>
/// <param name="Redriven">A person put it back into the line.</param>
/// <param name="Resolved">A person resolved it as delivered.</param>
/// <param name="Attempts">Number of attempts.</param>
/// <param name="Ref">The upstream's <c>ref</c>.</param>
/// <param name="Code">Why it is quarantined or in doubt.</param>
/// <param name="SupersededBy">The sequence of the identical IDENTITY that took its place.</param>
/// <param name="ReplayOf">The sequence of the delivered event that this one delivers again.</param>
public sealed record EventItem(
    long Sequence,
    string EventId,
    string Type,
    DateTimeOffset? OccurredAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    string State,
    bool Late,
    bool PossiblyDuplicate,
    bool Redriven,
    bool Resolved,
    int Attempts,
    string? Ref,
    string? Code,
    long? SupersededBy,
    long? ReplayOf)
{
    /// <summary>
    /// The browser's own guest id, if the event arrived before a guest was named for the browser: sequence and acts belong
    /// to that line.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>Warnings about the event as received or edited. It may be delivered without the expected effect.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }

    /// <summary>True when a person erased its body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Blanked { get; init; }
}

/// <summary>One complete event. Personal values are masked in its bodies.</summary>
/// <param name="Received">The event object as received.</param>
/// <param name="Sent">The event object as sent upstream; null while the guest has no browser id yet.</param>
/// <param name="Attempts">Oldest first.</param>
/// <param name="Acts">What people did to the event, oldest first.</param>
public sealed record EventBody(
    long Sequence,
    string EventId,
    string Type,
    DateTimeOffset? OccurredAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    string State,
    bool Late,
    bool PossiblyDuplicate,
    bool Redriven,
    bool Resolved,
    string? Ref,
    string? Code,
    long? SupersededBy,
    long? ReplayOf,
    Utf8Json Received,
    Utf8Json Sent,
    IReadOnlyList<AttemptBody> Attempts,
    IReadOnlyList<ActBody> Acts)
{
    /// <summary>As in the timeline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    /// <summary>
    /// What a person can do to the event now: <c>redrive</c>, <c>discard</c>, <c>resolve_delivered</c>,
    /// <c>resolve_not_delivered</c>, <c>replay</c> (of the guest).
    /// </summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Why the event waits; null when it is not in the line.</summary>
    public WaitBody? Waiting { get; init; }

    /// <summary>Its browser, if another guest had it too: the upstream may count the event to the other guest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SharedBrowserBody? SharedBrowser { get; init; }

    /// <summary>Warnings about the event as received or edited. It may be delivered without the expected effect.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }

    /// <summary>True when a person erased its body; <c>acts</c> has who, when and why.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Blanked { get; init; }

    /// <summary>What the edit of this redrive changed; empty when it changed nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeBody>? Changes { get; init; }
}

/// <summary>An attempt and its result in one, with the names of the contract. The answer is masked.</summary>
/// <param name="DurationMs">Milliseconds from the first try to connect to the end of the answer.</param>
/// <param name="Outcome">
/// <c>sending</c>, <c>delivered</c>, <c>not_applied</c>, <c>unsent</c>, <c>refused</c>, <c>misconfigured</c>
/// or <c>in_doubt</c>.
/// </param>
/// <param name="Status">The upstream's HTTP status.</param>
/// <param name="Answer">The first 2 KB of the upstream's answer, masked.</param>
/// <param name="Error">What failed on the side of this service.</param>
/// <param name="Connection">
/// <c>fresh</c>: opened for this attempt; <c>pooled</c>: used before. Null when nothing can have been sent.
/// </param>
public sealed record AttemptBody(
    int Attempt,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    double? DurationMs,
    string Outcome,
    int? Status,
    string? Ref,
    string? Answer,
    string? Error,
    string? Connection);
