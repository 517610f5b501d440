namespace GuestSessions.Core.Delivery;

/// <summary>What happened to a tenant's events within a few minutes. It names no guest.</summary>
/// <param name="From">When the slice began; it is as long as all others.</param>
public sealed record HistorySlice(DateTimeOffset From)
{
    /// <summary>Events that were accepted.</summary>
    public long Accepted { get; init; }

    /// <summary>Events that the upstream accepted.</summary>
    public long Delivered { get; init; }

    /// <summary>Events that became quarantined.</summary>
    public long Quarantined { get; init; }

    /// <summary>Events that became in doubt.</summary>
    public long InDoubt { get; init; }

    /// <summary>Events that were rejected at ingest.</summary>
    public long Rejected { get; init; }

    /// <summary>The most events that waited at one time.</summary>
    public long Waiting { get; init; }

    /// <summary>The longest that an event had waited.</summary>
    public TimeSpan OldestAge { get; init; }

    /// <summary>Delivered events by their delay, in the buckets of the service. Empty if nothing was delivered.</summary>
    public IReadOnlyList<long> Delays { get; init; } = [];
}

/// <summary>Stores the latest slices of a tenant. Implemented by <c>src/Storage</c>.</summary>
public interface ITenantHistoryStore
{
    /// <summary>The slices saved last, the oldest first; empty if there are none.</summary>
    Task<IReadOnlyList<HistorySlice>> LoadAsync(string tenant, CancellationToken cancellation);

    /// <summary>Replaces the slices.</summary>
    Task SaveAsync(string tenant, IReadOnlyList<HistorySlice> slices, CancellationToken cancellation);
}
