using GuestSessions.Core.Lists;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.History;

/// <summary>Receives what the silos counted of a tenant. Not for callers outside the silos. The key is the tenant's name.</summary>
[Alias("tenant-tally"), Version(1)]
public interface ITenantTallyGrain : IGrainWithStringKey
{
    /// <summary>Adds a silo's counts to the current slice. A call that is repeated counts twice.</summary>
    [Alias("add")]
    Task AddAsync(TallyMessage tally);
}

/// <summary>What one silo counted in about a minute.</summary>
[GenerateSerializer, Immutable, Alias("tally")]
public sealed record TallyMessage
{
    [Id(0)] public long Accepted { get; init; }
    [Id(1)] public long Rejected { get; init; }
    [Id(2)] public long Quarantined { get; init; }
    [Id(3)] public long InDoubt { get; init; }

    /// <summary>Delivered events by the bucket of their delay.</summary>
    [Id(4)] public IReadOnlyList<long> Delays { get; init; } = [];

    /// <summary>What waits in the whole store; null from all silos but one.</summary>
    [Id(5)] public TenantCounts? Backlog { get; init; }
}
