using GuestSessions.Storage.Batches;

namespace GuestSessions.Storage.GroupCommit;

/// <summary>
/// The bounds of the group commit. <value>1,000 rows and 8 MB in one transaction; 50,000 waiting rows of 128 MB</value>
/// </summary>
public sealed record GroupCommitLimits() : BatchLimits(
    BatchRows: 1_000, BatchBytes: 8 * 1024 * 1024, WaitingRows: 50_000, WaitingBytes: 128 * 1024 * 1024)
{
    public static GroupCommitLimits Default { get; } = new();

    /// <summary>
    /// After a failed commit, ingest is refused for this long before another commit tries the store. <value>1 s</value>
    /// </summary>
    public TimeSpan RetryAfterFailure { get; init; } = TimeSpan.FromSeconds(1);
}
