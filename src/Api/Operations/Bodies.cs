using System.Text.Json.Serialization;
using GuestSessions.Api.Lists;
using GuestSessions.Api.Privacy;
using GuestSessions.Api.Support;
using GuestSessions.Core.Operations;

namespace GuestSessions.Api.Operations;

/// <summary>Which set-aside events to act on, and why.</summary>
public record BulkActBody
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

/// <summary>Which events in doubt to resolve, how, and why.</summary>
public sealed record BulkResolveBody : BulkActBody
{
    /// <summary><c>delivered</c> or <c>not_delivered</c>.</summary>
    public required string Outcome { get; init; }
}

/// <summary>A long-running operation, its progress, and its result in the words of its kind.</summary>
/// <param name="Kind">
/// <c>bulk_redrive</c>, <c>bulk_discard</c>, <c>bulk_resolve</c>, <c>replay</c>, <c>erasure</c> or <c>export</c>.
/// </param>
/// <param name="State"><c>running</c>, <c>completed</c>, <c>cancelled</c>, or <c>failed</c> when it was interrupted too often.</param>
/// <param name="Result">Null while it runs.</param>
public sealed record OperationBody(
    string Id,
    string Kind,
    string State,
    ProgressBody Progress,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    OperationResult? Result)
{
    /// <summary>Who began it, when and why. The reason is masked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseBody? Act { get; init; }

    /// <summary>Through what it was begun: <c>console</c>; left out for a call of the API.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Via { get; init; }

    /// <summary>Who cancelled it, when and why; what it had done stays done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PauseBody? Cancelled { get; init; }

    /// <summary>It takes only events of this type. Masked where it looks personal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    /// <summary>It takes only events with this code.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }
}

/// <summary>What a bulk act would do now.</summary>
/// <param name="Count">The exact number of events that match the filter.</param>
/// <param name="Groups">These events by type and code.</param>
/// <param name="Sample">The first twenty, in the order in which it would take them.</param>
/// <param name="Effects">What it does with each event.</param>
public sealed record BulkPlanBody(
    long Count, IReadOnlyList<AsideGroupBody> Groups, IReadOnlyList<AsideBody> Sample, IReadOnlyList<string> Effects);

/// <summary>What an operation did with one event.</summary>
/// <param name="Sequence">Of the event that the operation was about.</param>
/// <param name="EventId">Of the event that is in the line: for a replay, a new one.</param>
/// <param name="Outcome">
/// <c>redriven</c>, <c>discarded</c>, <c>resolved</c>, <c>replayed</c>, <c>erased</c>; <c>skipped</c>: no longer set aside, its line was full, or the guest is not
/// known; or <c>unknown</c>: its guest could not be read or did not answer, again and again. An item of an erasure names the guest by the keyed hash of the logs, and its place in the request as the sequence.
/// </param>
public sealed record OperationItemBody(string Guest, long Sequence, string EventId, string Outcome)
{
    internal static OperationItemBody Of(OperationItem item) => new(item.Guest, item.Sequence, item.EventId, item.Outcome);
}

/// <param name="Total">Null while it is being counted.</param>
public sealed record ProgressBody(long Done, long? Total);

/// <param name="Skipped">
/// For a bulk act, events that were no longer there or whose line was full. For a replay, events that were not delivered or
/// that the range leaves out.
/// </param>
public sealed record OperationResult(long Skipped)
{
    /// <summary>Events put back into their lines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public long? Redriven { get; init; }

    /// <summary>Events given up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public long? Discarded { get; init; }

    /// <summary>Events in doubt that were recorded as delivered, or as not delivered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public long? Resolved { get; init; }

    /// <summary>Events of guests that could not be read or did not answer, again and again; absent without any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Unknown { get; init; }

    /// <summary>Of an erasure: what was erased, and what remains where.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CertificateBody? Certificate { get; init; }

    /// <summary>Of an export: its file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExportBody? Export { get; init; }

    /// <summary>Delivered events that were put into the line again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(-1)]
    public long? Replayed { get; init; }
}
