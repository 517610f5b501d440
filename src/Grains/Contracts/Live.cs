namespace GuestSessions.Grains.Contracts;

/// <param name="Place">Where the next page begins.</param>
/// <param name="Events">The events that changed, as they stand, in order of acceptance; none when nothing happened.</param>
[GenerateSerializer, Immutable, Alias("live-page")]
public sealed record LivePage(
    [property: Id(0)] long Place,
    [property: Id(1)] IReadOnlyList<EventSummary> Events)
{
    /// <summary>Something between the place asked for and this page cannot be told any more: the timeline is to be read anew.</summary>
    [Id(2)] public bool HasGap { get; init; }

    /// <summary>Too many watch already, this guest or the silo: nothing was looked at.</summary>
    [Id(3)] public bool IsFull { get; init; }

    /// <summary>See <see cref="GuestView.Lines"/>.</summary>
    [Id(4)] public IReadOnlyList<string> Lines { get; init; } = [];
}
