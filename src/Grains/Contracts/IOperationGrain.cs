using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// One piece of long work. It goes on by itself, also in another silo when this one ends. The grain key is the tenant's name,
/// a slash and the operation's id.
/// </summary>
[Alias("operation"), Version(1)]
public interface IOperationGrain : IGrainWithStringKey
{
    /// <summary>Begins to redrive quarantined events; durable when it returns. Called twice it begins once, unless it failed.</summary>
    /// <param name="request">A hash of the request; what is already there may be another one's.</param>
    /// <param name="type">Only events of this type.</param>
    /// <param name="code">Only events with this code.</param>
    [Alias("redrive")]
    Task<OperationView> RedriveAsync(string? type, string? code, ActMessage act, string? request);

    /// <summary>
    /// Begins to deliver a guest's delivered events again; durable when it returns. Null when the guest was never seen.
    /// </summary>
    /// <param name="lines">The guest's lines in the order in which they are replayed, as grains name them.</param>
    [Alias("replay")]
    Task<OperationView?> ReplayAsync(IReadOnlyList<string> lines, ReplayRange range, ActMessage act, string? request);

    /// <summary>How far it has come; null when there is no such operation.</summary>
    [Alias("read")]
    Task<OperationView?> ReadAsync();

    /// <summary>Goes on if it has not ended. Not for callers outside the silos.</summary>
    [Alias("ensure-running")]
    Task EnsureRunningAsync();
}

/// <param name="Total">Null while it is being counted.</param>
/// <param name="EndedAt">Null while it runs.</param>
[GenerateSerializer, Immutable, Alias("operation-view")]
public sealed record OperationView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset? EndedAt,
    [property: Id(4)] long? Total,
    [property: Id(5)] long Redriven,
    [property: Id(6)] long Skipped)
{
    /// <summary>Delivered events that are in the line again.</summary>
    [Id(7)] public long Replayed { get; init; }

    /// <summary>It was given up.</summary>
    [Id(8)] public bool HasFailed { get; init; }

    /// <summary>The hash of the request that began it.</summary>
    [Id(9)] public string? Request { get; init; }
}
