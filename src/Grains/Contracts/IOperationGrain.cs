using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Sessions;
using Orleans.CodeGeneration;

namespace GuestSessions.Grains.Contracts;

/// <summary>
/// One long-running operation. It continues by itself, and on another silo when its silo ends. The grain key is the
/// tenant's name, a slash and the operation's id.
/// </summary>
[Alias("operation"), Version(1)]
public interface IOperationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins to act on set-aside events; durable when it returns. A second call does not begin it again, unless the operation
    /// failed.
    /// </summary>
    /// <param name="request">A hash of the request. An existing operation may belong to a different request.</param>
    [Alias("act")]
    Task<OperationView> ActAsync(BulkRequest bulk, ActMessage act, string? request);

    /// <summary>
    /// Begins to deliver a guest's delivered events again; durable when it returns. Returns null when the guest was never
    /// seen.
    /// </summary>
    /// <param name="lines">The grain keys of the guest's lines, in the order in which they are replayed.</param>
    [Alias("replay")]
    Task<OperationView?> ReplayAsync(IReadOnlyList<string> lines, ReplayRange range, ActMessage act, string? request);

    /// <summary>
    /// Begins to erase guests; durable when it returns. A second call does not begin it again, unless the operation failed.
    /// </summary>
    /// <param name="guests">The guest ids, in the order of the request.</param>
    [Alias("erase")]
    Task<OperationView> EraseAsync(IReadOnlyList<string> guests, ActMessage act, string? request);

    /// <summary>Begins to export a guest; durable when it returns. A second call does not begin it again, unless it failed.</summary>
    /// <param name="guest">The guest id.</param>
    [Alias("export")]
    Task<OperationView> ExportAsync(string guest, ActMessage act, string? request);

    /// <summary>Returns the operation's file and deletes it; null when it was taken, has expired or never was.</summary>
    [Alias("take-file")]
    Task<byte[]?> TakeFileAsync(ActMessage act);

    /// <summary>
    /// Records that the upstream has deleted the guests of an erasure. Returns null when there is no such erasure that has ended.
    /// </summary>
    [Alias("done-upstream")]
    Task<OperationView?> RecordDoneUpstreamAsync(ActMessage act);

    /// <summary>
    /// Forgets what the operation knows of erased guests: stops it if it runs, blanks its reason and deletes its file. Not for
    /// callers outside the silos.
    /// </summary>
    [Alias("forget")]
    Task ForgetAsync();

    /// <summary>Returns the operation's progress; null when there is no such operation.</summary>
    [Alias("read")]
    Task<OperationView?> ReadAsync();

    /// <summary>
    /// Stops the operation after the step that it is in; durable when it returns. What it has done stays done, and one that
    /// has ended stays as it is. Returns null when there is no such operation.
    /// </summary>
    [Alias("cancel")]
    Task<OperationView?> CancelAsync(ActMessage act);

    /// <summary>Returns what the operation did with each event, in its order.</summary>
    /// <param name="after">Number of items before the page.</param>
    [Alias("items")]
    Task<IReadOnlyList<OperationItem>> ReadItemsAsync(long after, int limit);

    /// <summary>Continues the operation if it has not ended. Not for callers outside the silos.</summary>
    [Alias("ensure-running")]
    Task EnsureRunningAsync();
}

/// <summary>What to do with which set-aside events.</summary>
/// <param name="Kind">One of the kinds of bulk acts in <see cref="OperationRecord"/>.</param>
/// <param name="InDoubt">Takes events in doubt, or else quarantined ones.</param>
/// <param name="Type">Only events of this type.</param>
/// <param name="Code">Only events with this code.</param>
/// <param name="Delivered">Of a resolve: what is recorded.</param>
[GenerateSerializer, Immutable, Alias("bulk-request")]
public sealed record BulkRequest(
    [property: Id(0)] string Kind,
    [property: Id(1)] bool InDoubt,
    [property: Id(2)] string? Type,
    [property: Id(3)] string? Code,
    [property: Id(4)] bool Delivered = false);

/// <summary>An operation without its position and its lines, which only the operation itself needs.</summary>
/// <param name="Total">The number of events; null while they are being counted.</param>
/// <param name="EndedAt">Null while the operation runs.</param>
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
    /// <summary>Events of guests that could not be read or did not answer.</summary>
    [Id(18)] public long Unknown { get; init; }

    /// <summary>Delivered events that are in the line again.</summary>
    [Id(7)] public long Replayed { get; init; }

    /// <summary>The operation failed and does not continue.</summary>
    [Id(8)] public bool HasFailed { get; init; }

    /// <summary>The hash of the request that began the operation.</summary>
    [Id(9)] public string? Request { get; init; }

    /// <summary>Who cancelled the operation; null if nobody did.</summary>
    [Id(10)] public PersonAct? Cancelled { get; init; }

    /// <summary>Who began the operation, and why.</summary>
    [Id(11)] public PersonAct? Act { get; init; }

    /// <summary>Only events of this type.</summary>
    [Id(12)] public string? Type { get; init; }

    /// <summary>Only events with this code.</summary>
    [Id(13)] public string? Code { get; init; }

    /// <summary>Of an erasure: what it did so far.</summary>
    [Id(14)] public ErasureCertificate? Certificate { get; init; }

    /// <summary>Of an export: what it made so far, without the guest id.</summary>
    [Id(15)] public ExportProgress? Export { get; init; }

    /// <summary>Events given up.</summary>
    [Id(16)] public long Discarded { get; init; }

    /// <summary>Events in doubt that were recorded as delivered, or as not delivered.</summary>
    [Id(17)] public long Resolved { get; init; }
}
