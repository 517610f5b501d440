using System.Runtime.CompilerServices;

namespace GuestSessions.TestKit;

/// <summary>
/// Waits for what another process, a socket or the thread pool does in its own time: looks again and again until a deadline.
/// Every test project has it.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(
        Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), within ?? Patience, () => Task.FromResult(what));

    public static Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(condition, within ?? Patience, () => Task.FromResult(what));

    /// <param name="what">Called when the time is over: it may tell what was there instead.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<Task<string>> what)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(ShortestInterval);
        while (!await condition())
        {
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            if (elapsed > within)
                throw new TimeoutException($"Not within {within.TotalSeconds:0} s: {await what()}");

            // What takes long is looked at less often.
            if (timer.Period < LongestInterval && timer.Period < elapsed / 20)
                timer.Period = elapsed / 20 < LongestInterval ? elapsed / 20 : LongestInterval;
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
