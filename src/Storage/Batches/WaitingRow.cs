using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Batches;

/// <summary>A row on its way to the disk, and the caller that waits for it.</summary>
internal sealed class WaitingRow<TRow, TResult>
{
    // Continuations run on the caller's own scheduler or context, never inside the writer's loop.
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CancellationTokenRegistration _cancellation;

    public WaitingRow(TRow row, int size, CancellationToken cancellation)
    {
        Row = row;
        Size = size;
        // Not Task.WaitAsync: it would continue on the thread pool, which a simulation does not control.
        _cancellation = cancellation.UnsafeRegister(
            static (answer, token) => ((TaskCompletionSource<TResult>)answer!).TrySetCanceled(token), _answer);
    }

    public TRow Row { get; }

    /// <summary>In bytes.</summary>
    public int Size { get; }

    public Task<TResult> Answer => _answer.Task;

    /// <summary>The caller no longer waits.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    public void Complete(TResult result)
    {
        _cancellation.Unregister();
        _answer.TrySetResult(result);
    }

    public void Fail(JournalUnavailableException failure)
    {
        _cancellation.Unregister();
        _answer.TrySetException(failure);
        _ = _answer.Task.Exception; // Observes the failure, which may have no caller left that waits for it.
    }
}
