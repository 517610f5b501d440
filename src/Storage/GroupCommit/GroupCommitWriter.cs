using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Storage.Batches;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.GroupCommit;

/// <summary>
/// Writes the commits of many grains in few transactions. When a transaction fails, it reads back whether it was committed.
/// </summary>
/// <param name="firstCommit">
/// The first commit id; later ids count up from it. Random if several processes write to one store in turn.
/// </param>
internal sealed partial class GroupCommitWriter(
    IJournalRows store,
    GroupCommitLimits limits,
    TimeProvider time,
    JournalMetrics metrics,
    ILogger logger,
    long firstCommit) : BatchWriter<JournalRow, AppendResult>("commits", limits)
{
    private readonly ILogger _logger = logger;

    private long _nextCommit = firstCommit;
    private bool _unavailable;
    private long _failedAt;

    /// <summary>
    /// Whether the writer takes more. Four fifths of the bounds are for every commit; the rest is for commits that must not
    /// be refused. After a failure, ingest is refused for a while; then the next commit tries the store.
    /// </summary>
    public JournalCapacity Capacity =>
        Volatile.Read(ref _unavailable) && time.GetElapsedTime(Interlocked.Read(ref _failedAt)) < limits.RetryAfterFailure
            ? JournalCapacity.Failing
            : WaitingRows > limits.WaitingRows / 5 * 4 || WaitingBytes > limits.WaitingBytes / 5 * 4
                ? JournalCapacity.Crowded
                : JournalCapacity.Free;

    protected override int SizeOf(JournalRow row) => row.Size;

    protected override int Compare(JournalRow one, JournalRow other) => one.Guest.CompareTo(other.Guest);

    protected override async Task<IReadOnlyList<AppendResult>> WriteBatchAsync(IReadOnlyList<JournalRow> batch)
    {
        var commit = _nextCommit++;
        var started = time.GetTimestamp();
        try
        {
            var results = await store.WriteAsync(batch, commit);
            metrics.Committed(time.GetElapsedTime(started), batch.Count, batch.Sum(static row => (long)row.Size));
            NoteAvailable(); // Before the callers continue: they may read the capacity at once.
            return results;
        }
        catch (Exception failure)
        {
            NoteUnavailable(failure);
            metrics.Failed();
            // Despite the failure, the commit may be on disk. It is one transaction, so one row on disk proves that it is,
            // and that the other rows were fenced in it. If no row is on disk, nothing is proven.
            var written = await TryReadBackAsync(batch, commit);
            if (!written.Contains(true))
                throw;
            LogCommitFound(batch.Count);
            return [.. written.Select(static isWritten => isWritten ? AppendResult.Written : AppendResult.Fenced)];
        }
    }

    private async Task<IReadOnlyList<bool>> TryReadBackAsync(IReadOnlyList<JournalRow> batch, long commit)
    {
        try
        {
            var found = await store.ReadBackAsync(batch, commit);
            // Of two activations of a guest that wrote the same version in one batch, the first passed the fence.
            HashSet<(GuestKey, long)> passed = [];
            return [.. batch.Zip(found, (row, isOnDisk) => isOnDisk && passed.Add((row.Guest, row.Version)))];
        }
        catch (Exception failure)
        {
            LogReadBackFailed(failure);
            return [];
        }
    }

    private void NoteUnavailable(Exception failure)
    {
        if (!_unavailable)
            LogUnavailable(failure);
        Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
        Volatile.Write(ref _unavailable, true);
    }

    private void NoteAvailable()
    {
        if (_unavailable)
            LogRecovered();
        Volatile.Write(ref _unavailable, false);
    }
}
