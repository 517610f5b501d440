using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains.Live;

/// <summary>
/// Wakes those who wait for the next commit of a guest: a bounded number of them, who hold nothing but their call.
/// Single-threaded like the door whose commits it follows.
/// </summary>
public sealed class CommitBell(LiveSeats seats, TimeProvider time) : ICommitRider, IDisposable
{
    /// <summary>More than this watch nobody: that is a loop somewhere, not people.</summary>
    public const int MostWaiting = 20;

    private TaskCompletionSource _next = NewTurn();
    private int _waiting;

    public void Ride(SessionWork work)
    {
    }

    public void Committed()
    {
        if (_waiting == 0)
            return;
        var rung = _next;
        _next = NewTurn();
        rung.TrySetResult();
    }

    /// <summary>Waits for the next commit.</summary>
    /// <returns>False when too many wait already.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience)
    {
        if (_waiting == MostWaiting || !seats.TryTake())
            return false;
        _waiting++;
        try
        {
            await _next.Task.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // Nothing happened: that is an answer too.
        }
        finally
        {
            _waiting--;
            seats.GiveBack();
        }

        return true;
    }

    /// <summary>The activation ends: who waits is answered, and asks another one.</summary>
    public void Dispose() => _next.TrySetResult();

    private static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
