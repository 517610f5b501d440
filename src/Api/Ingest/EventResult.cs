using System.Text.Json.Serialization;
using GuestSessions.Api.Errors;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Ingest;

/// <summary>What became of one event. Members without a value are left out.</summary>
public sealed record EventResult
{
    /// <summary>Its guest, where the events of a request have several.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Guest { get; init; }

    /// <summary>Its line in an NDJSON body, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Line { get; init; }

    /// <summary>
    /// The caller's id or the one made for it; left out where a rejected event has none that can be read.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventId { get; init; }

    public required EventStatus Status { get; init; }

    /// <summary>Accepted or duplicate: its position in the guest's order of acceptance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Sequence { get; init; }

    /// <summary>What is doubtful about an event that was taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }

    /// <summary>Rejected or retry: why, in a stable code; of several errors the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>Rejected: everything that is wrong, at most 20.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    /// <summary>Retry: whole seconds after which it is worth trying again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfter { get; init; }

    public static EventResult Rejected(string? eventId, IReadOnlyList<Violation> errors) => new()
    {
        EventId = eventId,
        Status = EventStatus.Rejected,
        Code = errors[0].Code,
        Errors = ErrorBody.From(errors),
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
            Warnings = taken ? ErrorBody.From([.. warnings, .. Found(result)]) : null,
            Code = result.Code,
            Errors = result is { Status: RecordStatus.Rejected, Code: { } code }
                ? ErrorBody.From(Found(result)) ?? [RejectedBySession(code)]
                : null,
            RetryAfter = result.Status == RecordStatus.Retry
                ? Refusal.WholeSeconds(result.RetryAfter ?? Refusals.DefaultRetryAfter)
                : null,
        };
    }

    private static IReadOnlyList<Violation> Found(RecordResult result) => result.Found is null
        ? []
        : [.. result.Found.Select(known => new Violation(known.Code, known.Path, known.Detail))];

    private static ErrorBody RejectedBySession(string code) => code switch
    {
        EventCodes.EventIdReused => new("/event_id", code, "The id belongs to another event."),
        EventCodes.TooManyIdentifiers => new("/event/identifiers", code, "The guest may have no more."),
        _ => new("", code, "The guest's session does not take it."),
    };
}
