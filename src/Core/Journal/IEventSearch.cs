namespace GuestSessions.Core.Journal;

/// <summary>Finds an event by its id alone, among all guests of a tenant.</summary>
public interface IEventSearch
{
    /// <summary>
    /// Reads the journal of all guests from the newest commit to the oldest, until some of it accepted an event with the id, or
    /// until it has read for two seconds. A search that would have to wait for others for more than a second reads nothing. Event ids have no index: it would cost every event more than the few searches are worth.
    /// </summary>
    /// <param name="before">Where an earlier search stopped; null starts with the newest commit.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    Task<FoundEvents> FindAsync(string tenant, string eventId, JournalPlace? before, CancellationToken cancellation);
}

/// <param name="Guests">The ids of the guests that have the event, without repetitions.</param>
/// <param name="BackTo">When the oldest commit that was read was made; null when none was read.</param>
/// <param name="Next">Where to go on; null when nothing older is kept.</param>
public sealed record FoundEvents(IReadOnlyList<string> Guests, DateTimeOffset? BackTo, JournalPlace? Next);
