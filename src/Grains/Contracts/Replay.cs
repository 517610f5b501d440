namespace GuestSessions.Grains.Contracts;

/// <summary>Which delivered events of a guest to deliver again.</summary>
/// <param name="First">The lowest sequence.</param>
/// <param name="Last">The highest.</param>
/// <param name="From">Only events received at or after this time.</param>
/// <param name="To">Only events received before this time.</param>
/// <param name="Type">Only events of this type.</param>
[GenerateSerializer, Immutable, Alias("replay-range")]
public sealed record ReplayRange(
    [property: Id(0)] long First,
    [property: Id(1)] long Last,
    [property: Id(2)] DateTimeOffset? From = null,
    [property: Id(3)] DateTimeOffset? To = null,
    [property: Id(4)] string? Type = null)
{
    /// <summary>Whether orders are replayed too. Each becomes a second order upstream.</summary>
    [Id(5)] public bool Orders { get; init; }
}

/// <param name="Next">The first sequence that was not examined; null when all were.</param>
[GenerateSerializer, Immutable, Alias("replay-preview")]
public sealed record ReplayPreview(
    [property: Id(0)] IReadOnlyList<PreviewedEvent> Events,
    [property: Id(1)] long? Next);

/// <param name="Sent">
/// The event object that would be sent upstream, without the client key; empty while the guest has no browser id.
/// </param>
/// <param name="MakesOrder">Sending the event again creates a second order.</param>
[GenerateSerializer, Immutable, Alias("previewed-event")]
public sealed record PreviewedEvent(
    [property: Id(0)] long ReplayOf,
    [property: Id(1)] string EventId,
    [property: Id(2)] string Type,
    [property: Id(3)] ReadOnlyMemory<byte> Sent,
    [property: Id(4)] bool MakesOrder = false);
