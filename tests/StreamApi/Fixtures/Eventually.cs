namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>Waits for what another process or socket does, and only for that.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
            await poll.WaitForNextTickAsync(deadline.Token);
    }
}
