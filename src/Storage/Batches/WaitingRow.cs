using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Batches;

/// <summary>
/// A row on its way to the disk, and the promise to the caller that waits for it. Continuations run on the caller's own
/// scheduler or context, never inside the writer's loop.
/// </summary>
internal sealed class WaitingRow<TRow, TResult> : TaskCompletionSource<TResult>
{
    private readonly CancellationTokenRegistration _cancellation;

    /// <param name="arrival">Counts the rows of a writer, so that equal rows keep their order.</param>
    public WaitingRow(TRow row, int size, long arrival, CancellationToken cancellation)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Row = row;
        Size = size;
        Arrival = arrival;
        // Not Task.WaitAsync: it would continue on the thread pool, which a simulation does not control.
        _cancellation = cancellation.UnsafeRegister(
            static (waiting, token) => ((WaitingRow<TRow, TResult>)waiting!).TrySetCanceled(token), this);
    }

    public TRow Row { get; }

    /// <summary>In bytes.</summary>
    public int Size { get; }

    public long Arrival { get; }

    /// <summary>The caller no longer waits.</summary>
    public bool IsAbandoned => Task.IsCompleted;

    public void Complete(TResult result)
    {
        _cancellation.Unregister();
        TrySetResult(result);
    }

    public void Fail(JournalUnavailableException failure)
    {
        _cancellation.Unregister();
        TrySetException(failure);
        _ = Task.Exception; // Observes the failure, which may have no caller left that waits for it.
    }
}
