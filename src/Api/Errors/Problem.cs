using System.Text.Json.Serialization;
using GuestSessions.Api.Ingest;
using GuestSessions.Api.Rejections;

namespace GuestSessions.Api.Errors;

/// <summary>An RFC 9457 problem. It never names a guest, neither in its detail nor as its instance.</summary>
public sealed record Problem
{
    /// <summary>Always <c>about:blank</c>: what kind of problem it is stands in <see cref="Code"/>.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>A stable code in snake_case.</summary>
    public required string Code { get; init; }

    /// <summary>What was expected and what came, for a person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The event that was refused, where the request carried one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EventId { get; init; }

    /// <summary>The state that forbids an act.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    /// <summary>The acts that the state allows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Actions { get; init; }

    /// <summary>What is wrong with the request, one by one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ErrorBody>? Errors { get; init; }

    /// <summary>Events of the guest, or with the id, that were rejected at ingest: why there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectionItem>? Rejections { get; init; }

    /// <summary>What became of each event of a batch, in request order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EventResult>? Results { get; init; }
}
