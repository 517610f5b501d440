namespace GuestSessions.Storage.Batches;

/// <summary>
/// Reads what many callers ask for in few statements: while the store answers some, the keys of the next gather. A caller that is
/// alone does not wait for others.
/// </summary>
/// <param name="read">Reads some keys, and answers each in its place.</param>
/// <param name="most">Maximum number of keys in one statement.</param>
/// <param name="atOnce">Maximum number of statements at the same time.</param>
internal sealed class GatheredReads<TKey, TResult>(
    Func<IReadOnlyList<TKey>, Task<IReadOnlyList<TResult>>> read, int most, int atOnce)
{
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _readers;

    /// <exception cref="Exception">What <c>read</c> threw, for every caller of the statement.</exception>
    public Task<TResult> ReadAsync(TKey key, CancellationToken cancellation)
    {
        var waiting = new Waiting(key);
        var isReader = false;
        lock (_lock)
        {
            _waiting.Enqueue(waiting);
            if (_readers < atOnce)
            {
                _readers++;
                isReader = true;
            }
        }

        if (isReader)
            _ = Task.Run(ReadAllAsync, CancellationToken.None); // Not in the caller's context: a grain has one thread.
        return waiting.Task.WaitAsync(cancellation);
    }

    private async Task ReadAllAsync()
    {
        while (Next() is { Count: > 0 } batch)
            await ReadAsync(batch);
    }

    private List<Waiting> Next()
    {
        lock (_lock)
        {
            List<Waiting> batch = new(Math.Min(most, _waiting.Count));
            while (batch.Count < most && _waiting.TryDequeue(out var waiting))
                batch.Add(waiting);
            if (batch.Count == 0)
                _readers--;
            return batch;
        }
    }

    private async Task ReadAsync(List<Waiting> batch)
    {
        try
        {
            var results = await read(batch.ConvertAll(static waiting => waiting.Key));
            for (var i = 0; i < batch.Count; i++)
                batch[i].SetResult(results[i]);
        }
        catch (Exception failure)
        {
            // Whatever it was, each of those who asked gets it. Some may not wait any more: then nobody observes theirs.
            foreach (var waiting in batch)
            {
                waiting.TrySetException(failure);
                _ = waiting.Task.Exception;
            }
        }
    }

    private sealed class Waiting(TKey key) : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TKey Key { get; } = key;
    }
}
