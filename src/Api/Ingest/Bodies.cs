using System.Text.Json;
using System.Text.Json.Serialization;

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
public sealed record IdentifiersAnswer(string Guest, int Identifiers, IReadOnlyList<EventResult> Results);

/// <summary>The last line of an NDJSON answer. Without it the stream was cut: resend what has no result.</summary>
public sealed record StreamSummary(StreamTotals Summary);

/// <summary>How many lines there were, and what became of them.</summary>
public sealed record StreamTotals(int Lines, int Accepted, int Duplicate, int Rejected, int Retry);

/// <summary>One event on its way in. Read by the core's <c>EnvelopeReader</c>; here for the contract's schema.</summary>
/// <param name="EventId">The caller's idempotency key, 1 to 128 of <c>[A-Za-z0-9._~:-]</c>; made if absent.</param>
/// <param name="OccurredAt">When it happened, by the caller's clock.</param>
/// <param name="Event">The Stream API's own event object.</param>
public sealed record EnvelopeBody(string? EventId, DateTimeOffset? OccurredAt, [property: JsonRequired] JsonElement Event);

/// <summary>Several events of one guest, in their order.</summary>
public sealed record EventsBody([property: JsonRequired] IReadOnlyList<EnvelopeBody> Events);

/// <summary>One event that names its guest.</summary>
public sealed record GuestEnvelopeBody(
    [property: JsonRequired] string Guest,
    string? EventId,
    DateTimeOffset? OccurredAt,
    [property: JsonRequired] JsonElement Event);

/// <summary>Identifiers to remember, and personal attributes for the IDENTITY event that tells of them.</summary>
/// <param name="Identifiers">At least one.</param>
/// <param name="Profile">Top-level attributes of an IDENTITY event: <c>email</c>, <c>firstname</c>, …</param>
public sealed record IdentifiersBody(
    [property: JsonRequired] IReadOnlyList<IdentifierBody> Identifiers, JsonElement? Profile);

/// <param name="Provider">The identifier provider of an identity rule upstream, for example <c>CRM_ID</c>.</param>
/// <param name="Id">The value.</param>
/// <param name="ExpiryDate">ISO 8601.</param>
public sealed record IdentifierBody(
    [property: JsonRequired] string Provider, [property: JsonRequired] string Id, string? ExpiryDate);
