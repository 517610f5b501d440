using System.Text.Json.Serialization;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Reveal;

/// <summary>Which masked value to reveal, and why.</summary>
public sealed record RevealBody
{
    /// <summary>The event that has the value; left out for a value of the guest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventId { get; init; }

    /// <summary>
    /// JSON Pointer of the value in the answer that shows it masked, the guest or the event: <c>/identifiers/0/id</c>,
    /// <c>/received/email</c>, <c>/attempts/0/answer</c>. 1 to 512 characters.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>
    /// What that answer showed for it. If it shows something else now, nothing is revealed; left out to reveal it anyway.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Shown { get; init; }

    /// <summary>1 to 500 characters, kept in the audit. It must not name the value.</summary>
    public required string Reason { get; init; }
}

/// <summary>One value without its mask.</summary>
/// <param name="Until">Until when a page may show it: five minutes.</param>
public sealed record RevealedBody(
    string Guest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EventId,
    string Field,
    Utf8Json Value,
    DateTimeOffset Until);
