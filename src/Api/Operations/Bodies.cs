using System.Text.Json.Serialization;

namespace GuestSessions.Api.Operations;

/// <summary>Which quarantined events to redrive, and why.</summary>
public sealed record BulkRedriveBody
{
    /// <summary>1 to 500 characters, kept in the audit with every event.</summary>
    public required string Reason { get; init; }

    /// <summary>Only events of this type.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>Only events with this code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}

/// <summary>A long-running operation, its progress, and its result in the words of its kind.</summary>
/// <param name="Kind"><c>bulk_redrive</c> or <c>replay</c>.</param>
/// <param name="State"><c>running</c>, <c>completed</c>, or <c>failed</c> when it was interrupted too often.</param>
/// <param name="Result">Null while it runs.</param>
public sealed record OperationBody(
    string Id,
    string Kind,
    string State,
    ProgressBody Progress,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    OperationResult? Result);

/// <param name="Total">Null while it is being counted.</param>
public sealed record ProgressBody(long Done, long? Total);

/// <param name="Skipped">
/// For a redrive, events that were no longer there or whose line was full. For a replay, events that were not delivered or
/// that the range leaves out.
/// </param>
public sealed record OperationResult(long Skipped)
{
    /// <summary>Events put back into their lines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public long? Redriven { get; init; }

    /// <summary>Delivered events that were put into the line again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public long? Replayed { get; init; }
}
