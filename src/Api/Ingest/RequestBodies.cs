using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Api.Ingest;

// The core's EnvelopeReader and IdentifiersRequestReader read these bodies as bytes. These types describe them in the
// OpenAPI document.

/// <summary>One event to record.</summary>
public record EnvelopeBody
{
    /// <summary>The caller's idempotency key, 1 to 128 of <c>[A-Za-z0-9._~:-]</c>; created if absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventId { get; init; }

    /// <summary>When the event happened, by the caller's clock; RFC 3339.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? OccurredAt { get; init; }

    public required StreamEventBody Event { get; init; }
}

/// <summary>
/// The Stream API's own event object: the members that most types have, and any others. The tenant's defaults fill in
/// <c>channel</c>, <c>language</c>, <c>currency</c> and <c>pos</c>.
/// </summary>
public sealed record StreamEventBody
{
    /// <summary><c>VIEW</c>, <c>ADD</c>, <c>ORDER_CHECKOUT</c>, …, or a type of your own.</summary>
    public required string Type { get; init; }

    /// <summary>Such as <c>WEB</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }

    /// <summary>Two letters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>Three letters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Currency { get; init; }

    /// <summary>The page on which it happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Page { get; init; }

    /// <summary>The point of sale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pos { get; init; }

    /// <summary>The browser; the guest's own by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BrowserId { get; init; }

    /// <summary>Up to 50 attributes of your own: texts, numbers, true and false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Ext { get; init; }
}

/// <summary>One event that names its guest.</summary>
public sealed record GuestEnvelopeBody : EnvelopeBody
{
    /// <summary>1 to 128 of <c>[A-Za-z0-9._~:-]</c>.</summary>
    public required string Guest { get; init; }
}

/// <summary>Several events of one guest, in their order.</summary>
public sealed record EventsBody(IReadOnlyList<EnvelopeBody> Events);

/// <summary>
/// Identifiers to store, and personal attributes for the IDENTITY event that sends them upstream.
/// </summary>
public sealed record IdentifiersBody
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<IdentifierBody> Identifiers { get; init; }

    /// <summary>Top-level attributes of an IDENTITY event: <c>email</c>, <c>firstname</c>, …</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Profile { get; init; }
}

/// <summary>One identifier.</summary>
public sealed record IdentifierBody
{
    /// <summary>The identifier provider of an identity rule upstream, for example <c>CRM_ID</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The value.</summary>
    public required string Id { get; init; }

    /// <summary>ISO 8601.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExpiryDate { get; init; }
}
