using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>What happened to a tenant's events over the last hours. The key is the tenant's name.</summary>
[Alias("tenant-history"), Version(1)]
public interface ITenantHistoryGrain : IGrainWithStringKey
{
    /// <summary>Returns the slices of the last 24 hours, the oldest first. While no silo ran, there is none.</summary>
    /// <exception cref="SessionUnavailableException">The stored slices cannot be read now.</exception>
    [Alias("read")]
    Task<IReadOnlyList<HistoryView>> ReadAsync();
}

/// <summary>Five minutes. It says quantiles where the stored slice has buckets.</summary>
[GenerateSerializer, Immutable, Alias("history")]
public sealed record HistoryView
{
    [Id(0)] public required DateTimeOffset From { get; init; }
    [Id(1)] public long Accepted { get; init; }
    [Id(2)] public long Delivered { get; init; }
    [Id(3)] public long Quarantined { get; init; }
    [Id(4)] public long InDoubt { get; init; }
    [Id(5)] public long Rejected { get; init; }

    /// <summary>The most undelivered events at one time.</summary>
    [Id(6)] public long Waiting { get; init; }

    /// <summary>The longest that an event had waited.</summary>
    [Id(7)] public TimeSpan OldestAge { get; init; }

    /// <summary>Half of the delivered events took at most this long; null if none was delivered.</summary>
    [Id(8)] public TimeSpan? MedianDelay { get; init; }

    /// <summary>99 of 100 delivered events took at most this long; null if none was delivered.</summary>
    [Id(9)] public TimeSpan? SlowestDelay { get; init; }
}
