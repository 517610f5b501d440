namespace GuestSessions.Grains.Guests;

/// <summary>
/// A signal that one caller waits for, up to a time limit. <c>Task.WaitAsync</c> would continue on the thread pool, whose
/// order a simulation cannot control.
/// </summary>
internal sealed class Signal(TimeProvider time)
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => _end.TrySetResult(true);

    /// <returns>False when <paramref name="patience"/> expired first.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience)
    {
        using var timer = time.CreateTimer(
            static end => ((TaskCompletionSource<bool>)end!).TrySetResult(false), _end, patience, Timeout.InfiniteTimeSpan);
        return await _end.Task;
    }
}
