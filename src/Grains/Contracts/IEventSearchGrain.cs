using GuestSessions.Core.Journal;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>Looks for events by their ids alone. One grain per tenant, on every silo. The key is the tenant's name.</summary>
[Alias("event-search"), Version(1)]
public interface IEventSearchGrain : IGrainWithStringKey
{
    /// <summary>Looks for an event among all guests, which takes three seconds at most.</summary>
    /// <param name="before">Where an earlier search stopped; null to begin.</param>
    /// <exception cref="SessionUnavailableException">The journal cannot be read now.</exception>
    [Alias("find")]
    Task<FoundEvents> FindAsync(string eventId, JournalPlace? before);
}
