namespace GuestSessions.Grains.Contracts;

/// <summary>Events of one guest, validated, in the order they were given.</summary>
/// <param name="Guest">The guest id as the caller chose it.</param>
/// <param name="TraceParent">W3C trace context of the request, if it is traced.</param>
[GenerateSerializer, Immutable, Alias("record-request")]
public sealed record RecordRequest(
    [property: Id(0)] string Guest,
    [property: Id(1)] IReadOnlyList<EventMessage> Events,
    [property: Id(2)] string? TraceParent);

/// <summary>One validated event on its way to the grain. See <c>StreamEvent</c> for the members.</summary>
[GenerateSerializer, Immutable, Alias("event-message")]
public sealed record EventMessage
{
    [Id(0)] public required string EventId { get; init; }
    [Id(1)] public required UInt128 ContentHash { get; init; }
    [Id(2)] public required string Type { get; init; }
    [Id(3)] public required string Channel { get; init; }
    [Id(4)] public required string PointOfSale { get; init; }
    [Id(5)] public string? Page { get; init; }
    [Id(6)] public string? BrowserId { get; init; }
    [Id(7)] public required ReadOnlyMemory<byte> Body { get; init; }
    [Id(8)] public ReadOnlyMemory<byte> Defaults { get; init; }
    [Id(9)] public IReadOnlyList<IdentifierMessage> Identifiers { get; init; } = [];
    [Id(10)] public string? OrderReference { get; init; }
    [Id(11)] public required TimeSpan SessionTimeout { get; init; }
    [Id(12)] public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The visitor's <c>User-Agent</c>, where it shall be forwarded.</summary>
    [Id(13)] public string? UserAgent { get; init; }

    /// <summary>The visitor's address, where it shall be forwarded.</summary>
    [Id(14)] public string? Address { get; init; }

    /// <summary>What is doubtful about it.</summary>
    [Id(15)] public IReadOnlyList<WarningMessage> Warnings { get; init; } = [];
}

/// <summary>See <c>EventWarning</c> for the members.</summary>
[GenerateSerializer, Immutable, Alias("warning-message")]
public sealed record WarningMessage([property: Id(0)] string Code, [property: Id(1)] string Path);

[GenerateSerializer, Immutable, Alias("identifier-message")]
public sealed record IdentifierMessage(
    [property: Id(0)] string Provider,
    [property: Id(1)] string Id,
    [property: Id(2)] string? ExpiryDate);

/// <summary>One result for each event of the request, in its order.</summary>
[GenerateSerializer, Immutable, Alias("record-answer")]
public sealed record RecordAnswer([property: Id(0)] IReadOnlyList<RecordResult> Results);

/// <param name="Status">What became of the event.</param>
/// <param name="Sequence">Accepted or duplicate: its position in the guest's order of acceptance.</param>
/// <param name="Code">Rejected or retry: the stable code.</param>
/// <param name="RetryAfter">Retry: when it is worth trying again.</param>
/// <param name="Found">Accepted: pre-flight warnings. Rejected by a strict tenant: the same as errors.</param>
[GenerateSerializer, Immutable, Alias("record-result")]
public sealed record RecordResult(
    [property: Id(0)] RecordStatus Status,
    [property: Id(1)] long? Sequence = null,
    [property: Id(2)] string? Code = null,
    [property: Id(3)] TimeSpan? RetryAfter = null,
    [property: Id(4)] IReadOnlyList<ViolationMessage>? Found = null);

/// <summary>See <c>Violation</c> for the members.</summary>
[GenerateSerializer, Immutable, Alias("violation-message")]
public sealed record ViolationMessage(
    [property: Id(0)] string Code,
    [property: Id(1)] string Path,
    [property: Id(2)] string Detail);

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
    /// <c>guest_backlog_full</c>, <c>guest_busy</c> or <c>browser_busy</c>: nothing was stored, the same event can come
    /// again.
    /// </summary>
    Retry,
}

/// <summary>Identifiers of one guest.</summary>
/// <param name="EventId">The id of the IDENTITY event, if one is queued.</param>
/// <param name="Profile">A JSON object of top-level IDENTITY attributes (email, firstname, …), or empty.</param>
/// <param name="Common">
/// The common attributes of the IDENTITY event where the guest has no session yet to take them from.
/// </param>
[GenerateSerializer, Immutable, Alias("identify-request")]
public sealed record IdentifyRequest(
    [property: Id(0)] string Guest,
    [property: Id(1)] IReadOnlyList<IdentifierMessage> Identifiers,
    [property: Id(2)] ReadOnlyMemory<byte> Profile,
    [property: Id(3)] string EventId,
    [property: Id(4)] CommonAttributes Common,
    [property: Id(5)] string? TraceParent)
{
    /// <summary>What is doubtful about the request.</summary>
    [Id(6)] public IReadOnlyList<WarningMessage> Warnings { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("common-attributes")]
public sealed record CommonAttributes(
    [property: Id(0)] string Channel,
    [property: Id(1)] string Language,
    [property: Id(2)] string Currency,
    [property: Id(3)] string PointOfSale,
    [property: Id(4)] TimeSpan SessionTimeout);

/// <param name="Event">The queued IDENTITY event's result; null when nothing changed and none was queued.</param>
/// <param name="EventId">Its event id.</param>
/// <param name="Known">How many identifiers the guest has now.</param>
[GenerateSerializer, Immutable, Alias("identify-answer")]
public sealed record IdentifyAnswer(
    [property: Id(0)] RecordResult? Event,
    [property: Id(1)] string? EventId,
    [property: Id(2)] int Known);
