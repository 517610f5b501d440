using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// What happens in a guest's timeline, for who watches it. Nothing is kept for a watcher: it asks for what came after a place,
/// and the journal knows. The grain key is that of <see cref="IGuestSessionGrain"/>.
/// </summary>
[Alias("guest-live"), Version(1)]
public interface IGuestLiveGrain : IGrainWithStringKey
{
    /// <summary>What changed after a place; when nothing did, waits for it for a while.</summary>
    /// <param name="after">The <see cref="LivePage.Place"/> of the page before; null begins now and waits for nothing.</param>
    /// <param name="patience">How long to wait at most, 0 to 5 s.</param>
    /// <returns>Null when the guest was never seen.</returns>
    /// <exception cref="SessionUnavailableException">The same call can be repeated.</exception>
    [Alias("watch")]
    Task<LivePage?> WatchAsync(long? after, TimeSpan patience);
}

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
