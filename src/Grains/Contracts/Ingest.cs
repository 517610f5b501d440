using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Contracts;

/// <summary>Validated events of one guest, in the caller's order.</summary>
/// <param name="Guest">The guest id as the caller chose it.</param>
/// <param name="TraceParent">W3C trace context of the request, if it is traced.</param>
[GenerateSerializer, Immutable, Alias("record-request")]
public sealed record RecordRequest(
    [property: Id(0)] string Guest,
    [property: Id(1)] IReadOnlyList<EventToRecord> Events,
    [property: Id(2)] string? TraceParent);

/// <summary>One validated event that a guest is to record.</summary>
/// <param name="EventId">The caller's id, or the id that was generated for the event.</param>
/// <param name="Hash">See <see cref="Envelope"/>.</param>
/// <param name="OccurredAt">When the event happened, by the caller's clock.</param>
[GenerateSerializer, Immutable, Alias("event-to-record")]
public sealed record EventToRecord(
    [property: Id(0)] string EventId,
    [property: Id(1)] ContentHash Hash,
    [property: Id(2)] StreamEvent Content,
    [property: Id(3)] DateTimeOffset? OccurredAt = null);

/// <summary>One result for each event of the request, in its order.</summary>
[GenerateSerializer, Immutable, Alias("record-answer")]
public sealed record RecordAnswer([property: Id(0)] IReadOnlyList<RecordResult> Results);

/// <summary>
/// What the decider's outcome means for a caller: whether and when to retry, and nothing that only the guest's own runtime
/// needs, such as the event's place in the line.
/// </summary>
/// <param name="Status">The result for the event.</param>
/// <param name="Sequence">Accepted or duplicate: the event's position in the guest's order of acceptance.</param>
/// <param name="Code">Rejected or retry: the stable code.</param>
/// <param name="RetryAfter">Retry: how long to wait before the retry.</param>
/// <param name="Found">Accepted: pre-flight warnings. Rejected by a strict tenant: the same as errors.</param>
[GenerateSerializer, Immutable, Alias("record-result")]
public sealed record RecordResult(
    [property: Id(0)] RecordStatus Status,
    [property: Id(1)] long? Sequence = null,
    [property: Id(2)] string? Code = null,
    [property: Id(3)] TimeSpan? RetryAfter = null,
    [property: Id(4)] IReadOnlyList<Violation>? Found = null);

[GenerateSerializer, Alias("record-status")]
public enum RecordStatus
{
    Accepted,
    Duplicate,

    /// <summary>
    /// <c>event_id_reused</c>, <c>too_many_identifiers</c>, or of a strict tenant the code of a pre-flight warning.
    /// </summary>
    Rejected,

    /// <summary>
    /// <c>guest_backlog_full</c>, <c>guest_busy</c> or <c>browser_busy</c>. Nothing was stored. Retry the same event.
    /// </summary>
    Retry,
}

/// <summary>Identifiers of one guest.</summary>
/// <param name="EventId">The id for the IDENTITY event, if one is queued.</param>
/// <param name="Profile">A JSON object of top-level IDENTITY attributes (email, firstname, …), or empty.</param>
/// <param name="Common">
/// The common attributes of the IDENTITY event. They are used when the guest has no session yet to take them from.
/// </param>
[GenerateSerializer, Immutable, Alias("identify-request")]
public sealed record IdentifyRequest(
    [property: Id(0)] string Guest,
    [property: Id(1)] IReadOnlyList<Identifier> Identifiers,
    [property: Id(2)] Utf8Json Profile,
    [property: Id(3)] string EventId,
    [property: Id(4)] CommonEventAttributes Common,
    [property: Id(5)] string? TraceParent)
{
    /// <summary>The warnings about the request.</summary>
    [Id(6)] public IReadOnlyList<EventWarning> Warnings { get; init; } = [];
}

/// <param name="Event">The queued IDENTITY event's result; null when nothing changed and none was queued.</param>
/// <param name="EventId">The id of the queued IDENTITY event.</param>
/// <param name="Known">How many identifiers the guest has now.</param>
[GenerateSerializer, Immutable, Alias("identify-answer")]
public sealed record IdentifyAnswer(
    [property: Id(0)] RecordResult? Event,
    [property: Id(1)] string? EventId,
    [property: Id(2)] int Known);
