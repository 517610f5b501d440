namespace GuestSessions.Storage.GroupCommit;

/// <summary>The bounds of the group commit.</summary>
public sealed record GroupCommitLimits
{
    public static GroupCommitLimits Default { get; } = new();

    /// <summary>Rows of one transaction. <value>1,000</value></summary>
    public int BatchRows { get; init; } = 1_000;

    /// <summary>Bytes of one transaction; a larger row goes alone. <value>8 MB</value></summary>
    public long BatchBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Rows that may wait; beyond them appends are refused at once. <value>50,000</value></summary>
    public long WaitingRows { get; init; } = 50_000;

    /// <summary>Bytes that may wait; beyond them appends are refused at once. <value>128 MB</value></summary>
    public long WaitingBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>After a failed commit, ingest is refused for so long before another one tries. <value>1 s</value></summary>
    public TimeSpan RetryAfterFailure { get; init; } = TimeSpan.FromSeconds(1);
}
