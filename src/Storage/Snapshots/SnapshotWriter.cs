using GuestSessions.Storage.Batches;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.Snapshots;

/// <summary>
/// Writes snapshots in batches and rests after each, so that commits can use the store most of the time. No snapshot is
/// needed for correctness, so snapshots beyond the bounds are skipped and counted.
/// </summary>
internal sealed partial class SnapshotWriter(
    IJournalRows store, SnapshotLimits limits, TimeProvider time, ILogger logger)
    : BatchWriter<SnapshotRow, ValueTuple>("snapshots", limits)
{
    /// <summary>Skipped snapshots are logged at most this often.</summary>
    internal static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _closing = new();
    private readonly ILogger _logger = logger;
    private TimeSpan _took;
    private long _skipped;
    private long _loggedAt = long.MinValue;
    private Exception? _lastFailure;

    /// <summary>Accepts a snapshot to be written soon, unless too many wait.</summary>
    public bool Offer(SnapshotRow row)
    {
        if (TryWrite(row))
            return true;
        Skip(1);
        return false;
    }

    protected override int SizeOf(SnapshotRow row) => row.Snapshot.Payload.Length;

    protected override int Compare(SnapshotRow one, SnapshotRow other) => one.Guest.CompareTo(other.Guest);

    protected override async Task<IReadOnlyList<ValueTuple>> WriteBatchAsync(IReadOnlyList<SnapshotRow> batch)
    {
        var started = time.GetTimestamp();
        try
        {
            // Of two snapshots of one guest only the newer can stay.
            await store.SaveSnapshotsAsync([.. batch
                .GroupBy(static row => row.Guest)
                .Select(static ofGuest => ofGuest.MaxBy(static row => row.Snapshot.Version)!)]);
            return new ValueTuple[batch.Count];
        }
        catch (Exception failure)
        {
            _lastFailure = failure;
            Skip(batch.Count);
            throw;
        }
        finally
        {
            _took = time.GetElapsedTime(started);
        }
    }

    protected override async Task RestAsync()
    {
        var rest = _took * limits.Rest;
        if (rest <= TimeSpan.Zero || _closing.IsCancellationRequested)
            return;
        try
        {
            await Task.Delay(rest, time, _closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // While the host stops, the waiting snapshots are written without a rest.
        }
    }

    protected override Task OnClosingAsync() => _closing.CancelAsync();

    private void Skip(int count)
    {
        Interlocked.Add(ref _skipped, count);
        var last = Interlocked.Read(ref _loggedAt);
        var now = time.GetTimestamp();
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= LogInterval)
            && Interlocked.CompareExchange(ref _loggedAt, now, last) == last)
            LogSkipped(Interlocked.Exchange(ref _skipped, 0), Interlocked.Exchange(ref _lastFailure, null));
    }

    [LoggerMessage(5010, LogLevel.Warning,
        "{Count} snapshots were skipped. Nothing is lost; these guests take longer to load")]
    private partial void LogSkipped(long count, Exception? lastFailure);
}
