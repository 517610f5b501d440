using System.Text.Json.Serialization;

namespace GuestSessions.Api.Rejections;

/// <summary>One rejected event, without its values.</summary>
/// <param name="Code">The code of the first error.</param>
/// <param name="EventId">The caller's id, if it is valid; masked if it looks personal.</param>
/// <param name="Type">The event's type, if it is one of the Stream API's own.</param>
/// <param name="Errors">At most 20.</param>
public sealed record RejectionItem(
    DateTimeOffset At, string Code, string? EventId, string? Type, IReadOnlyList<RejectionError> Errors)
{
    /// <summary>The guest as the caller named it; masked if it looks personal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Guest { get; init; }

    /// <summary>The order that the event named, if any; masked if it looks personal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OrderReference { get; init; }
}

/// <param name="Path">JSON Pointer into the envelope.</param>
public sealed record RejectionError(string Path, string Code);
