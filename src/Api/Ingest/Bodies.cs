using System.Text.Json.Serialization;
using GuestSessions.Api.Errors;

namespace GuestSessions.Api.Ingest;

/// <summary>The answer to events of one guest.</summary>
/// <param name="Guest">As the caller named it.</param>
/// <param name="Results">One for each event, in request order.</param>
public sealed record IngestAnswer(string Guest, IReadOnlyList<EventResult> Results);

/// <summary>The answer to events of many guests.</summary>
/// <param name="Results">One for each event, in request order, each with its guest.</param>
public sealed record BulkAnswer(IReadOnlyList<EventResult> Results);

/// <summary>The answer to identifiers.</summary>
/// <param name="Guest">As the caller named it.</param>
/// <param name="Identifiers">How many the guest has now.</param>
/// <param name="Results">That of the IDENTITY event; empty when nothing changed and none was queued.</param>
public sealed record IdentifiersAnswer(string Guest, int Identifiers, IReadOnlyList<EventResult> Results)
{
    /// <summary>What is doubtful about them where no event was queued that could tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }
}

/// <summary>The answer to closing sessions.</summary>
/// <param name="Guest">As the caller named it.</param>
/// <param name="Closed">How many were open.</param>
/// <param name="Results">Those of the FORCE_CLOSE events; empty where the tenant does not allow them.</param>
public sealed record ClosingAnswer(string Guest, int Closed, IReadOnlyList<EventResult> Results);

/// <summary>
/// The last line of an NDJSON answer. Without it the stream was cut: resend what has no result.
/// </summary>
public sealed record StreamSummary(StreamTotals Summary);

/// <summary>How many lines there were, and what became of them.</summary>
public sealed record StreamTotals(long Lines, long Accepted, long Duplicate, long Rejected, long Retry);
