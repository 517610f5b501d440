using System.Threading.Channels;
using GuestSessions.Core.Journal;
using Microsoft.Extensions.Logging;

namespace GuestSessions.Storage.Snapshots;

/// <summary>
/// Stores snapshots in the background, many in one transaction, and rests after each so that commits have the store for
/// most of the time. No snapshot is needed for correctness, so what does not fit is skipped and counted.
/// </summary>
/// <remarks>Runs in the context <see cref="Start"/> was called in, like the group commit.</remarks>
internal sealed partial class SnapshotWriter(
    IJournalRows store, SnapshotLimits limits, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>What was skipped is told this often at most.</summary>
    internal static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Channel<WaitingSnapshot> _waiting = Channel.CreateUnbounded<WaitingSnapshot>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _closing = new();
    private readonly ILogger _logger = logger;
    private long _waitingRows;
    private long _waitingBytes;
    private long _skipped;
    private long _toldAt = long.MinValue;
    private Exception? _lastFailure;
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = RunAsync();

    /// <summary>Takes a snapshot to be stored some time soon, if there is room for it.</summary>
    public bool Offer(SnapshotRow row)
    {
        if (TryEnqueue(new WaitingSnapshot(row)))
            return true;
        Skip(1);
        return false;
    }

    /// <summary>Stores a snapshot, and returns when it is stored.</summary>
    /// <exception cref="JournalUnavailableException">Too much waits, the store failed, or the writer is closed.</exception>
    public async Task SaveAsync(SnapshotRow row, CancellationToken cancellation)
    {
        var waiting = new WaitingSnapshot(row);
        if (!TryEnqueue(waiting))
            throw new JournalUnavailableException("Too many snapshots wait for the journal, or it is closed.");
        await waiting.Saved.Task.WaitAsync(cancellation);
    }

    /// <summary>Takes no more, stores what waits without resting, and returns when all is stored.</summary>
    public async ValueTask DisposeAsync()
    {
        var isFirst = _waiting.Writer.TryComplete();
        if (isFirst)
            await _closing.CancelAsync();
        await _loop;
        if (isFirst)
            _closing.Dispose();
    }

    private bool TryEnqueue(WaitingSnapshot waiting)
    {
        var rows = Interlocked.Increment(ref _waitingRows);
        var bytes = Interlocked.Add(ref _waitingBytes, waiting.Size);
        if (rows <= limits.WaitingRows && bytes <= limits.WaitingBytes && _waiting.Writer.TryWrite(waiting))
            return true;
        Release(waiting);
        return false;
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var started = time.GetTimestamp();
            await WriteAsync(Gather());
            await RestAsync(time.GetElapsedTime(started) * limits.Rest);
        }
    }

    private List<WaitingSnapshot> Gather()
    {
        var batch = new List<WaitingSnapshot>();
        var bytes = 0L;
        while (batch.Count < limits.BatchRows && _waiting.Reader.TryPeek(out var next)
            && (batch.Count == 0 || bytes + next.Size <= limits.BatchBytes))
        {
            _waiting.Reader.TryRead(out _);
            bytes += next.Size;
            batch.Add(next);
        }

        return [.. batch.OrderBy(static waiting => waiting.Row.Guest)];
    }

    private async Task WriteAsync(List<WaitingSnapshot> batch)
    {
        try
        {
            // Of two of one guest only the newer can stay.
            await store.SaveSnapshotsAsync([.. batch
                .GroupBy(static waiting => waiting.Row.Guest)
                .Select(static ofGuest => ofGuest.MaxBy(static waiting => waiting.Row.Snapshot.Version)!.Row)]);
            foreach (var waiting in batch)
                waiting.Saved.TrySetResult();
        }
        catch (Exception failure)
        {
            _lastFailure = failure;
            foreach (var waiting in batch)
                waiting.Fail(new JournalUnavailableException("The snapshot could not be stored.", failure));
            Skip(batch.Count);
        }
        finally
        {
            foreach (var waiting in batch)
                Release(waiting);
        }
    }

    private async Task RestAsync(TimeSpan rest)
    {
        if (rest <= TimeSpan.Zero || _closing.IsCancellationRequested)
            return;
        try
        {
            await Task.Delay(rest, time, _closing.Token);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The host stops: what waits is stored at once.
        }
    }

    private void Release(WaitingSnapshot waiting)
    {
        Interlocked.Decrement(ref _waitingRows);
        Interlocked.Add(ref _waitingBytes, -waiting.Size);
    }

    private void Skip(int count)
    {
        Interlocked.Add(ref _skipped, count);
        var last = Interlocked.Read(ref _toldAt);
        var now = time.GetTimestamp();
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= LogInterval)
            && Interlocked.CompareExchange(ref _toldAt, now, last) == last)
            LogSkipped(Interlocked.Exchange(ref _skipped, 0), Interlocked.Exchange(ref _lastFailure, null));
    }

    [LoggerMessage(5010, LogLevel.Warning,
        "{Count} snapshots were skipped; nothing is lost, those guests take longer to load.")]
    private partial void LogSkipped(long count, Exception? lastFailure);

    private sealed class WaitingSnapshot(SnapshotRow row)
    {
        public SnapshotRow Row { get; } = row;

        public int Size { get; } = row.Snapshot.Payload.Length;

        // Continuations run on the caller's own scheduler, never inside the writer's loop.
        public TaskCompletionSource Saved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(JournalUnavailableException failure)
        {
            Saved.TrySetException(failure);
            _ = Saved.Task.Exception; // Nobody may be waiting.
        }
    }
}
