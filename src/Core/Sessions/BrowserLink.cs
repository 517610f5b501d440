using System.Text.Json.Serialization;

namespace GuestSessions.Core.Sessions;

/// <summary>A guest's ownership of a browser id, from the link until it is released and has drained.</summary>
public sealed record BrowserLink
{
    public required string BrowserId { get; init; }

    /// <summary>The ownership's <see cref="Journal.BrowserOwner.Generation"/>.</summary>
    public required long Generation { get; init; }

    /// <summary>The first sequence it covers.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Key of the previous owner while it has not drained; null when the browser's events may be sent.</summary>
    public string? From { get; init; }

    /// <summary>The last sequence it covers; null while the guest accepts the browser's events.</summary>
    public long? LastSequence { get; init; }

    /// <summary>The previous owner has drained.</summary>
    [JsonIgnore]
    public bool IsClear => From is null;

    /// <summary>The guest accepts no more events of the browser.</summary>
    [JsonIgnore]
    public bool IsReleased => LastSequence is not null;

    public bool IsOf(string browserId) => string.Equals(BrowserId, browserId, StringComparison.OrdinalIgnoreCase);

    public bool Covers(string browserId, long sequence) =>
        sequence >= FirstSequence && !(sequence > LastSequence) && IsOf(browserId);
}
