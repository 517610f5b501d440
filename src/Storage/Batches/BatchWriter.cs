using System.Threading.Channels;
using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Batches;

/// <summary>
/// Writes the rows of many callers in few transactions: while the store writes one batch, the next one fills. It never waits
/// for a batch to fill.
/// </summary>
/// <remarks>
/// The writer owns no thread and starts no task elsewhere: its loop runs in the context in which <see cref="Start"/> was
/// called. Production calls it at host start, so the loop runs on the thread pool. A simulation calls it in its own
/// single-threaded context, so that everything happens in the same order every time.
/// </remarks>
/// <param name="rows">The plural noun for a row in messages, such as "commits".</param>
internal abstract class BatchWriter<TRow, TResult>(string rows, BatchLimits limits) : IAsyncDisposable
{
    private readonly Channel<WaitingRow<TRow, TResult>> _waiting =
        Channel.CreateUnbounded<WaitingRow<TRow, TResult>>(new UnboundedChannelOptions { SingleReader = true });

    // Of the loop alone, which uses it again for each batch.
    private readonly List<WaitingRow<TRow, TResult>> _batch = [];

    private long _arrivals;
    private long _waitingRows;
    private long _waitingBytes;
    private Task _loop = Task.CompletedTask;

    /// <summary>The number of rows that are not yet in a batch.</summary>
    public long WaitingRows => Interlocked.Read(ref _waitingRows);

    /// <summary>The bytes of the rows that are not yet in a batch.</summary>
    protected long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    /// <summary>Starts the loop in the current context; called once.</summary>
    /// <exception cref="InvalidOperationException">Called from a grain, whose scheduler the loop would occupy.</exception>
    public void Start()
    {
        if (TaskScheduler.Current != TaskScheduler.Default)
            throw new InvalidOperationException("A batch writer starts with the host, not inside a grain.");
        _loop = RunAsync();
    }

    /// <summary>Enqueues a row and waits until it is on disk.</summary>
    /// <param name="cancellation">Ends only the wait: it is then unknown whether the row was written.</param>
    /// <exception cref="JournalUnavailableException">Too many rows wait, the store failed, or it is closed.</exception>
    public Task<TResult> WriteAsync(TRow row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var waiting = new WaitingRow<TRow, TResult>(row, SizeOf(row), Interlocked.Increment(ref _arrivals), cancellation);
        if (!TryEnqueue(waiting))
            waiting.Fail(new JournalUnavailableException($"Too many {rows} wait for the journal, or it is closed."));
        return waiting.Task;
    }

    /// <summary>Enqueues a row without waiting for it.</summary>
    /// <returns>False when too many rows wait, or the writer is closed.</returns>
    protected bool TryWrite(TRow row) =>
        TryEnqueue(new WaitingRow<TRow, TResult>(
            row, SizeOf(row), Interlocked.Increment(ref _arrivals), CancellationToken.None));

    /// <summary>Rejects more rows, writes the waiting ones, and returns when the loop has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_waiting.Writer.TryComplete())
            await OnClosingAsync();
        await _loop;
    }

    /// <summary>The size that a row counts against the bounds, in bytes.</summary>
    protected abstract int SizeOf(TRow row);

    /// <summary>The order of rows within a batch. Rows that compare equal stay in the order of their arrival.</summary>
    protected abstract int Compare(TRow one, TRow other);

    /// <summary>Writes a batch in one transaction.</summary>
    /// <param name="batch">At least one row, in order.</param>
    /// <returns>One result for each row.</returns>
    /// <exception cref="Exception">
    /// Every caller of the batch gets a <see cref="JournalUnavailableException"/> around it.
    /// </exception>
    protected abstract Task<IReadOnlyList<TResult>> WriteBatchAsync(IReadOnlyList<TRow> batch);

    /// <summary>Called after each batch, before the next.</summary>
    protected virtual Task RestAsync() => Task.CompletedTask;

    /// <summary>Called once, when the writer begins to close.</summary>
    protected virtual Task OnClosingAsync() => Task.CompletedTask;

    private bool TryEnqueue(WaitingRow<TRow, TResult> waiting)
    {
        var count = Interlocked.Increment(ref _waitingRows);
        var bytes = Interlocked.Add(ref _waitingBytes, waiting.Size);
        if (count <= limits.WaitingRows && bytes <= limits.WaitingBytes && _waiting.Writer.TryWrite(waiting))
            return true;
        Release(waiting);
        return false;
    }

    private void Release(WaitingRow<TRow, TResult> waiting)
    {
        Interlocked.Decrement(ref _waitingRows);
        Interlocked.Add(ref _waitingBytes, -waiting.Size);
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            Gather();
            if (_batch.Count == 0)
                continue;
            await CompleteAsync();
            _batch.Clear();
            await RestAsync();
        }
    }

    /// <summary>Takes the waiting rows, up to the bounds of a batch.</summary>
    private void Gather()
    {
        var bytes = 0L;
        while (_batch.Count < limits.BatchRows && _waiting.Reader.TryPeek(out var next)
            && (_batch.Count == 0 || bytes + next.Size <= limits.BatchBytes))
        {
            _waiting.Reader.TryRead(out _);
            Release(next);
            if (next.IsAbandoned)
                continue;
            bytes += next.Size;
            _batch.Add(next);
        }

        _batch.Sort(CompareWaiting);
    }

    private int CompareWaiting(WaitingRow<TRow, TResult> one, WaitingRow<TRow, TResult> other) =>
        Compare(one.Row, other.Row) is var order and not 0 ? order : one.Arrival.CompareTo(other.Arrival);

    private async Task CompleteAsync()
    {
        try
        {
            var results = await WriteBatchAsync(_batch.ConvertAll(static waiting => waiting.Row));
            for (var i = 0; i < _batch.Count; i++)
                _batch[i].Complete(results[i]);
        }
        catch (Exception failure)
        {
            foreach (var waiting in _batch)
                waiting.Fail(new JournalUnavailableException($"The {rows} could not be made durable.", failure));
        }
    }
}
