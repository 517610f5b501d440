namespace GuestSessions.SystemTests.Hosting;

/// <summary>Waits for what other processes do: looks again and again until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(Func<bool> condition, TimeSpan within, string what) =>
        TrueAsync(() => Task.FromResult(condition()), within, what);

    public static Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, string what) =>
        TrueAsync(condition, within, () => Task.FromResult(what));

    /// <param name="what">Asked for when the time is over: it may tell what was there instead.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<Task<string>> what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > within)
                throw new TimeoutException($"Not within {within.TotalSeconds:0} s: {await what()}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Lets time pass in which a fault lasts.</summary>
    public static async Task ElapseAsync(TimeSpan duration)
    {
        using var timer = new PeriodicTimer(duration);
        await timer.WaitForNextTickAsync();
    }
}
