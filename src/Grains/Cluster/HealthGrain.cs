using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Cluster;

/// <summary>Answers from this silo. Calls do not wait for each other: the store is asked once for all of them.</summary>
[StatelessWorker(1), Reentrant]
[GrainType("health")]
public sealed class HealthGrain(IStoreHealth store) : Grain, IHealthGrain
{
    public async Task<StoreAnswer> CheckStoreAsync() => await store.CheckAsync() switch
    {
        StoreState.TakesWrites => StoreAnswer.TakesWrites,
        StoreState.LowOnSpace => StoreAnswer.LowOnSpace,
        _ => StoreAnswer.Unavailable,
    };
}
