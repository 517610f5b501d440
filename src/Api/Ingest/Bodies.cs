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
/// <param name="Results">The result of the IDENTITY event; empty when nothing changed and none was queued.</param>
public sealed record IdentifiersAnswer(string Guest, int Identifiers, IReadOnlyList<EventResult> Results)
{
    /// <summary>Warnings about the identifiers when no event was queued whose result could have them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }
}

/// <summary>The answer to closing sessions.</summary>
/// <param name="Guest">As the caller named it.</param>
/// <param name="Closed">How many sessions were open.</param>
/// <param name="Results">The results of the FORCE_CLOSE events; empty if the tenant does not allow them.</param>
public sealed record ClosingAnswer(string Guest, int Closed, IReadOnlyList<EventResult> Results);

/// <summary>
/// The last line of an NDJSON answer. If it is missing, the stream was cut: resend every event that has no result.
/// </summary>
public sealed record StreamSummary(StreamTotals Summary);

/// <summary>Number of lines, and of each kind of result.</summary>
public sealed record StreamTotals(long Lines, long Accepted, long Duplicate, long Rejected, long Retry);
