using System.Text.Json.Serialization;

namespace GuestSessions.Api.Rejections;

/// <summary>One event that was refused. It holds no value of it.</summary>
/// <param name="Code">Of several errors the first.</param>
/// <param name="EventId">The caller's id, where it gave a valid one.</param>
/// <param name="Type">Its type, where it is one of the Stream API's own.</param>
/// <param name="Errors">At most 20.</param>
public sealed record RejectionItem(
    DateTimeOffset At, string Code, string? EventId, string? Type, IReadOnlyList<RejectionError> Errors)
{
    /// <summary>The guest as its caller named it; masked where that looks personal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Guest { get; init; }

    /// <summary>The order it was about, where it named one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OrderReference { get; init; }
}

/// <param name="Path">JSON Pointer into the envelope.</param>
public sealed record RejectionError(string Path, string Code);
