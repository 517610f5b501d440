using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// Reports a silo's health to API hosts. The grain lives on every silo, and the silo whose gateway receives the call
/// answers it. The key only spreads calls over the gateways.
/// </summary>
[Alias("health"), Version(1)]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the current state of the store, as this silo sees it.</summary>
    [Alias("store")]
    Task<StoreAnswer> CheckStoreAsync();
}

/// <summary>The state of a silo's store.</summary>
[GenerateSerializer, Alias("store-answer")]
public enum StoreAnswer
{
    TakesWrites,
    LowOnSpace,
    Unavailable,
}
