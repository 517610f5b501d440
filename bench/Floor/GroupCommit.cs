namespace GuestSessions.Bench.Floor;

/// <summary>Writes what callers add while the last write is under way in one write, and answers them together.</summary>
internal sealed class GroupCommit<T>(Func<List<T>, Task> write)
{
    private readonly Lock _gate = new();
    private List<T> _next = [];
    private TaskCompletionSource _written = NewPromise();
    private bool _isWriting;

    public Task AddAsync(T row)
    {
        Task written;
        lock (_gate)
        {
            _next.Add(row);
            written = _written.Task;
            if (_isWriting)
                return written;
            _isWriting = true;
        }

        _ = Task.Run(WriteAllAsync);
        return written;
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<T> rows;
            TaskCompletionSource promise;
            lock (_gate)
            {
                if (_next.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                (rows, promise) = (_next, _written);
                (_next, _written) = (new List<T>(rows.Count), NewPromise());
            }

            try
            {
                await write(rows);
                promise.SetResult();
            }
            catch (Exception exception)
            {
                // Whatever failed: every caller that waits for these rows gets it, and the program goes on.
                promise.SetException(exception);
            }
        }
    }

    private static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
