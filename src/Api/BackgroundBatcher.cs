using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using GuestSessions.Api.Errors;

namespace GuestSessions.Api;

/// <summary>
/// What a request leaves behind for a grain without waiting for it: gathered, brought in batches one at a time, and the
/// oldest given up when there is too much. Nothing that has to arrive goes this way.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class BackgroundBatcher<T>(Func<IReadOnlyList<T>, Task> bring, BackgroundBatcherBounds? bounds = null)
{
    private const int MostWaiting = 10_000;
    private const int BatchSize = 500;

    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest }, _ => bounds?.Skipped());

    private readonly SemaphoreSlim _one = new(1);
    private int _underWay;

    public void Add(T item)
    {
        _waiting.Writer.TryWrite(item);
        if (Interlocked.Exchange(ref _underWay, 1) == 0)
            _ = BringQuietlyAsync();
    }

    /// <summary>Brings all that waits.</summary>
    public async Task BringAsync()
    {
        await _one.WaitAsync();
        try
        {
            Volatile.Write(ref _underWay, 0);
            while (NextBatch() is { Count: > 0 } batch)
                await bring(batch);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task BringQuietlyAsync()
    {
        // Off the request's own stack, so that it is answered first.
        if (bounds is { } lingering)
            await Task.Delay(lingering.Linger, lingering.Time);
        else
            await Task.Yield();
        try
        {
            await BringAsync();
        }
        catch (Exception fault) when (Faults.IsUnavailable(fault))
        {
        }
    }

    private List<T> NextBatch()
    {
        var batch = new List<T>();
        while (batch.Count < BatchSize && _waiting.Reader.TryRead(out var item))
            batch.Add(item);
        return batch;
    }
}

/// <param name="Linger">What comes within it goes together.</param>
/// <param name="Skipped">Told of each item that was given up.</param>
internal sealed record BackgroundBatcherBounds(TimeSpan Linger, TimeProvider Time, Action Skipped);
