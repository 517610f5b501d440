namespace GuestSessions.Grains.Guests;

/// <summary>
/// Something that one caller waits for, but not longer than it wants to. <c>Task.WaitAsync</c> would come back by the thread
/// pool, which a simulation could not put in its order.
/// </summary>
internal sealed class Signal(TimeProvider time)
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Set() => _end.TrySetResult(true);

    /// <returns>False when <paramref name="patience"/> ended first.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience)
    {
        using var timer = time.CreateTimer(
            static end => ((TaskCompletionSource<bool>)end!).TrySetResult(false), _end, patience, Timeout.InfiniteTimeSpan);
        return await _end.Task;
    }
}
