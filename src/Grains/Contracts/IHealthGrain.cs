using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// What an API host asks a silo about its health. On every silo, and answered by the silo whose gateway takes the call; the
/// key only spreads calls over the gateways.
/// </summary>
[Alias("health"), Version(1)]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>The state of the store, as the silo finds it now.</summary>
    [Alias("store")]
    Task<StoreAnswer> CheckStoreAsync();
}

/// <summary>What a silo says of its store.</summary>
[GenerateSerializer, Alias("store-answer")]
public enum StoreAnswer
{
    TakesWrites,
    LowOnSpace,
    Unavailable,
}
