using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using GuestSessions.Api.Errors;

namespace GuestSessions.Api;

/// <summary>
/// Collects items that requests leave for a grain without waiting, and brings them in batches, one batch at a time. It drops
/// the oldest items when too many wait, so only items that may be lost go this way.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds no resource.")]
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

    /// <summary>Brings all waiting items.</summary>
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
        // Runs off the request's own stack, so that the request is answered first.
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

/// <param name="Linger">Items that arrive within this time go in one batch.</param>
/// <param name="Skipped">Called for each item that was dropped.</param>
internal sealed record BackgroundBatcherBounds(TimeSpan Linger, TimeProvider Time, Action Skipped);
