using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.GroupCommit;

/// <summary>A row on its way to the disk, and the caller that waits for it.</summary>
internal sealed class WaitingRow
{
    // Continuations run on the caller's own scheduler or context, never inside the writer's loop.
    private readonly TaskCompletionSource<AppendResult> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CancellationTokenRegistration _patience;

    public WaitingRow(JournalRow row, CancellationToken cancellation)
    {
        Row = row;
        // Not Task.WaitAsync: it would hop over the thread pool, which a simulation does not own.
        _patience = cancellation.UnsafeRegister(
            static (answer, token) => ((TaskCompletionSource<AppendResult>)answer!).TrySetCanceled(token),
            _answer);
    }

    public JournalRow Row { get; }

    public Task<AppendResult> Answer => _answer.Task;

    /// <summary>The caller stopped waiting.</summary>
    public bool IsAbandoned => _answer.Task.IsCompleted;

    public void Complete(AppendResult result)
    {
        _patience.Unregister();
        _answer.TrySetResult(result);
    }

    public void Fail(JournalUnavailableException failure)
    {
        _patience.Unregister();
        _answer.TrySetException(failure);
    }
}
