namespace GuestSessions.Core.Events;

/// <summary>An event that an official SDK sent.</summary>
/// <param name="Event">
/// The event as far as it could be read; complete if <paramref name="Quarantine"/> is null. Its browser id is never null.
/// </param>
/// <param name="OccurredAt">Its <c>requested_at</c>, by the clock of the SDK's host.</param>
/// <param name="Hash">The hash of its bytes. It never makes two events duplicates.</param>
/// <param name="Quarantine">The code of the reason why the upstream would refuse or lose it; null if there is none.</param>
public sealed record SdkEvent(
    StreamEvent Event, DateTimeOffset? OccurredAt, ContentHash Hash, string? Quarantine)
{
    /// <summary>The errors behind <see cref="Quarantine"/>.</summary>
    public IReadOnlyList<Violation> Errors { get; init; } = [];

    /// <summary>Its warnings.</summary>
    public IReadOnlyList<Violation> Warnings { get; init; } = [];
}

/// <summary>The result of reading: an event, or the reason why the body is none.</summary>
public readonly record struct SdkEventCheck(SdkEvent? Event, Violation? Fault);
