namespace GuestSessions.Storage.Snapshots;

/// <summary>The bounds of the snapshots that wait to be stored.</summary>
public sealed record SnapshotLimits
{
    public static SnapshotLimits Default { get; } = new();

    /// <summary>Snapshots of one transaction. <value>100</value></summary>
    public int BatchRows { get; init; } = 100;

    /// <summary>Bytes of one transaction; a larger snapshot goes alone. <value>2 MB</value></summary>
    public long BatchBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Snapshots that may wait; beyond them more are skipped. <value>2,000</value></summary>
    public int WaitingRows { get; init; } = 2_000;

    /// <summary>Bytes that may wait; beyond them more are skipped. <value>32 MB</value></summary>
    public long WaitingBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// After a batch, so many times as long as it took the store is left to others. <value>3</value>
    /// </summary>
    public int Rest { get; init; } = 3;
}
