using System.Text.Json.Serialization;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingest;

/// <summary>The result of one event. Members without a value are left out.</summary>
public sealed record EventResult
{
    /// <summary>Its guest, if the request can have events of several guests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Guest { get; init; }

    /// <summary>Its line in an NDJSON body, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>
    /// The caller's id, or the one that the service created; left out if a rejected event has no readable id.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventId { get; init; }

    public required EventStatus Status { get; init; }

    /// <summary>For accepted or duplicate: its position in the guest's order of acceptance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }

    /// <summary>Warnings about an accepted, duplicate or rejected event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }

    /// <summary>For rejected or retry: the reason as a stable code; the first of several errors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>For rejected: all errors, at most 20.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    /// <summary>For retry: whole seconds after which a retry makes sense.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfter { get; init; }

    public static EventResult Rejected(
        string? eventId, IReadOnlyList<Violation> errors, IReadOnlyList<Violation> warnings)
        => new()
        {
            EventId = eventId,
            Status = EventStatus.Rejected,
            Code = errors[0].Code,
            Errors = ErrorBody.From(errors),
            Warnings = ErrorBody.From(warnings),
        };

    public static EventResult Retry(string? eventId, string code, TimeSpan retryAfter) => new()
    {
        EventId = eventId,
        Status = EventStatus.Retry,
        Code = code,
        RetryAfter = Refusal.WholeSeconds(retryAfter),
    };

    public static EventResult From(string eventId, RecordResult result, IReadOnlyList<Violation> warnings)
    {
        var taken = result.Status is RecordStatus.Accepted or RecordStatus.Duplicate;
        return new EventResult
        {
            EventId = eventId,
            Status = result.Status switch
            {
                RecordStatus.Accepted => EventStatus.Accepted,
                RecordStatus.Duplicate => EventStatus.Duplicate,
                RecordStatus.Retry => EventStatus.Retry,
                _ => EventStatus.Rejected,
            },
            Sequence = taken ? result.Sequence : null,
            Warnings = taken ? ErrorBody.From(Together(warnings, result.Found))
                : result.Status == RecordStatus.Retry ? null : ErrorBody.From(warnings),
            Code = result.Code,
            Errors = result is { Status: RecordStatus.Rejected, Code: { } code }
                ? ErrorBody.From(result.Found ?? []) ?? [RejectedBySession(code)]
                : null,
            RetryAfter = result.Status == RecordStatus.Retry
                ? Refusal.WholeSeconds(result.RetryAfter ?? Refusals.DefaultRetryAfter)
                : null,
        };
    }

    // Nearly every event has none of either.
    private static IReadOnlyList<Violation> Together(IReadOnlyList<Violation> warnings, IReadOnlyList<Violation>? found)
        => found is null or [] ? warnings : [.. warnings, .. found];

    private static ErrorBody RejectedBySession(string code) => code switch
    {
        EventCodes.EventIdReused => new("/event_id", code, "The id belongs to another event."),
        EventCodes.GuestErased => new("", code, "The guest, its browser or its identifier was erased. Stop sending its events."),
        EventCodes.TooManyIdentifiers => new("/event/identifiers", code, "The guest has the maximum of identifiers."),
        _ => new("", code, "The guest's session rejects the event."),
    };
}
