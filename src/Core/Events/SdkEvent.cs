namespace GuestSessions.Core.Events;

/// <summary>An event that an official SDK sent.</summary>
/// <param name="Event">
/// As far as it could be read; whole where <paramref name="Quarantine"/> is null. Its browser id is never null.
/// </param>
/// <param name="OccurredAt">Its <c>requested_at</c>, by the clock of the SDK's host.</param>
/// <param name="Hash">Over its bytes: two of them are never taken for the same event.</param>
/// <param name="Quarantine">The code of what would get it refused or swallowed; null where nothing would.</param>
public sealed record SdkEvent(
    StreamEvent Event, DateTimeOffset? OccurredAt, ContentHash Hash, string? Quarantine)
{
    /// <summary>What is behind <see cref="Quarantine"/>.</summary>
    public IReadOnlyList<Violation> Errors { get; init; } = [];

    /// <summary>What is doubtful about it.</summary>
    public IReadOnlyList<Violation> Warnings { get; init; } = [];
}

/// <summary>What reading came to: an event, or what keeps the body from being one.</summary>
public readonly record struct SdkEventCheck(SdkEvent? Event, Violation? Fault);
