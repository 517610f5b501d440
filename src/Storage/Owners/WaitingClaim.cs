using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Owners;

/// <summary>A claim on its way to the disk, and the caller that waits for it.</summary>
internal sealed class WaitingClaim
{
    private readonly TaskCompletionSource<OwnerRow> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CancellationTokenRegistration _patience;

    public WaitingClaim(OwnerClaim claim, CancellationToken cancellation)
    {
        Claim = claim;
        _patience = cancellation.UnsafeRegister(
            static (answer, token) => ((TaskCompletionSource<OwnerRow>)answer!).TrySetCanceled(token), _answer);
    }

    public OwnerClaim Claim { get; }

    public Task<OwnerRow> Answer => _answer.Task;

    public void Complete(OwnerRow row)
    {
        _patience.Unregister();
        _answer.TrySetResult(row);
    }

    public void Fail(JournalUnavailableException failure)
    {
        _patience.Unregister();
        _answer.TrySetException(failure);
    }
}
