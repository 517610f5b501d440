namespace GuestSessions.Grains.Contracts;

/// <param name="Place">Where the next page begins.</param>
/// <param name="Events">
/// The current state of the events that changed, in order of acceptance; empty when nothing changed.
/// </param>
[GenerateSerializer, Immutable, Alias("live-page")]
public sealed record LivePage(
    [property: Id(0)] long Place,
    [property: Id(1)] IReadOnlyList<EventSummary> Events)
{
    /// <summary>
    /// Changes between the requested position and this page are no longer available. Read the timeline again.
    /// </summary>
    [Id(2)] public bool HasGap { get; init; }

    /// <summary>The watcher limit of this guest or of the silo is reached. Nothing was read.</summary>
    [Id(3)] public bool IsFull { get; init; }

    /// <summary>See <see cref="GuestView.Lines"/>.</summary>
    [Id(4)] public IReadOnlyList<string> Lines { get; init; } = [];
}
