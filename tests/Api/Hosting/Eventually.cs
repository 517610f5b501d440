namespace GuestSessions.Api.Tests.Hosting;

/// <summary>Waits for what a socket or the pool does in its own time: looks again and again until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(Interval);
        while (!await condition())
            await poll.WaitForNextTickAsync(deadline.Token);
    }
}
