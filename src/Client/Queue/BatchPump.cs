using System.Threading.Channels;

namespace GuestSessions.Client;

/// <summary>Takes due batches from the buffer and has them sent, a few at once.</summary>
internal sealed class BatchPump : IAsyncDisposable
{
    private readonly int _atOnce;
    private readonly BatchSender _sender;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _due;
    private readonly Task _running;
    private bool _isClosing;

    public BatchPump(GuestSessionsOptions options, BatchSender sender, TimeProvider time)
    {
        _atOnce = options.BatchesInFlight;
        _sender = sender;
        _slots = new SemaphoreSlim(_atOnce);
        Buffer = new EventBuffer(options, time, Wake);
        _due = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using (ExecutionContext.SuppressFlow()) // The batches belong to no caller's trace.
            _running = Task.Run(RunAsync);
    }

    public EventBuffer Buffer { get; }

    /// <summary>Takes no more events; ends when the buffer is empty.</summary>
    public Task DrainAsync()
    {
        Volatile.Write(ref _isClosing, true);
        Buffer.Close();
        return _drained.Task;
    }

    /// <summary>Breaks off what is in flight, and returns when nothing runs any more.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        for (var slot = 0; slot < _atOnce; slot++)
            await _slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _due.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
        _slots.Dispose();
    }

    private void Wake() => _changes.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var batch = await NextAsync().ConfigureAwait(false);
                await _slots.WaitAsync(_end.Token).ConfigureAwait(false);
                _ = SendAsync(batch);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The client ends; the buffer still holds what has no answer.
        }
    }

    private async Task<IReadOnlyList<QueuedEvent>> NextAsync()
    {
        while (true)
        {
            if (Buffer.TryTake(out var batch, out var wait))
                return batch;
            if (Volatile.Read(ref _isClosing) && Buffer.IsEmpty)
                _drained.TrySetResult();
            // Whole milliseconds, so that the timer never fires too early.
            _due.Change(
                wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)),
                Timeout.InfiniteTimeSpan);
            await _changes.Reader.ReadAsync(_end.Token).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(IReadOnlyList<QueuedEvent> batch)
    {
        try
        {
            await _sender.SendAsync(batch, again => Buffer.Return(batch, again), _end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The client ends; the buffer still holds the batch.
        }
        finally
        {
            _slots.Release();
        }
    }
}
