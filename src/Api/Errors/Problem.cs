using System.Text.Json.Serialization;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Rejections;

namespace GuestSessions.Api.Errors;

/// <summary>RFC 9457 problem details. They never name a guest, neither in the detail nor as the instance.</summary>
public sealed record Problem
{
    /// <summary>Always <c>about:blank</c>: <see cref="Code"/> tells the kind of problem.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>A stable code in snake_case.</summary>
    public required string Code { get; init; }

    /// <summary>What was expected and what was received, for a person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The rejected event, if the request carried exactly one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventId { get; init; }

    /// <summary>The state that forbids an act.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>The acts that the state allows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Actions { get; init; }

    /// <summary>Each error in the request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    /// <summary>Warnings about the rejected event.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Warnings { get; init; }

    /// <summary>Events of the guest, or with the id, that were rejected at ingest: why nothing was found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectionItem>? Rejections { get; init; }

    /// <summary>The result of each event of a batch, in request order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EventResult>? Results { get; init; }
}
