using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Directory;

/// <summary>Answers searches for events. Reentrant, so that a search that waits for its turn holds no other.</summary>
[StatelessWorker(1), Reentrant]
[GrainType("event-search")]
public sealed class EventSearchGrain(IEventSearch events) : Grain, IEventSearchGrain
{
    public async Task<FoundEvents> FindAsync(string eventId, JournalPlace? before)
    {
        try
        {
            return await events.FindAsync(this.GetPrimaryKeyString(), eventId, before, CancellationToken.None);
        }
        catch (JournalUnavailableException exception)
        {
            throw new SessionUnavailableException("The journal cannot be read now.", exception);
        }
    }
}
