using System.Globalization;

namespace GuestSessions.Bench.Load;

/// <summary>Contenders that all run from the start and are loaded in turn, so that they see the same machine.</summary>
internal static class Turns
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>All orders of so many contenders: over all of them each comes behind each other equally often.</summary>
    public static IReadOnlyList<int[]> Orders(int contenders) => contenders == 0
        ? [[]]
        : [.. Orders(contenders - 1).SelectMany(order => Enumerable.Range(0, contenders)
            .Select(place => (int[])[.. order[..place], contenders - 1, .. order[place..]]))];

    /// <summary>Loads one, measures it after a second, and waits until all that it acknowledged is delivered.</summary>
    /// <param name="measure">Measures while the load runs, and returns what it saw.</param>
    /// <exception cref="InvalidOperationException">It lost or repeated an event, or broke a guest's order.</exception>
    public static async Task<T> RunAsync<T>(
        int port, int callers, Func<int, string> guestOf, ChildProcess sink, Func<ClosedLoop, Task<T>> measure)
    {
        var before = await Sink.CountAsync(sink);
        var load = new ClosedLoop(port, callers);
        load.Start(guestOf);
        await Task.Delay(Second, TimeProvider.System);
        var measured = await measure(load);
        await load.StopAsync();

        var started = TimeProvider.System.GetTimestamp();
        while (await Sink.CountAsync(sink) - before < load.Acknowledged
            && TimeProvider.System.GetElapsedTime(started) < Patience)
            await Task.Delay(Second / 4, TimeProvider.System);
        // A moment for what would come twice.
        await Task.Delay(Second / 2, TimeProvider.System);
        var delivered = await Sink.CountAsync(sink) - before;
        if (delivered != load.Acknowledged)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{load.Acknowledged} events were acknowledged and {delivered} delivered."));
        }

        await Sink.EnsureOrderAsync(sink);
        return measured;
    }
}
