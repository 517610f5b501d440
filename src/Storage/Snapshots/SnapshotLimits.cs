using GuestSessions.Storage.Batches;

namespace GuestSessions.Storage.Snapshots;

/// <summary>
/// The bounds of snapshots on their way to the store. <value>100 snapshots and 2 MB in one transaction; 2,000 waiting
/// snapshots of 32 MB</value>
/// </summary>
public sealed record SnapshotLimits() : BatchLimits(
    BatchRows: 100, BatchBytes: 2 * 1024 * 1024, WaitingRows: 2_000, WaitingBytes: 32 * 1024 * 1024)
{
    public static SnapshotLimits Default { get; } = new();

    /// <summary>After each batch, the writer rests this many times as long as the batch took. <value>3</value></summary>
    public int Rest { get; init; } = 3;
}
