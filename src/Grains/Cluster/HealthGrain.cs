using GuestSessions.Core.Journal;
using GuestSessions.Grains.Contracts;
using Orleans.Concurrency;

namespace GuestSessions.Grains.Cluster;

/// <summary>Reports this silo's health. Concurrent calls share one check of the store.</summary>
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
