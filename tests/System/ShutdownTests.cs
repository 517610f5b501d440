using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

public sealed class ShutdownTests
{
    private static readonly TimeSpan UpstreamLatency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stopped_under_load_it_drains_exits_0_and_leaves_nothing_in_doubt()
    {
        await using var upstream = await Upstream.StartAsync(UpstreamLatency);
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        var workload = new Workload(client, guests: 100, seed: 4);
        using var end = new CancellationTokenSource();
        var load = workload.RunAsync(workers: 16, end.Token);
        await Eventually.TrueAsync(() => workload.Acknowledged > 1_000, Patience, "the load runs");

        var exitCode = await silo.StopAsync();
        var inFlight = upstream.InFlight;
        await silo.StartAsync();
        await end.CancelAsync();
        await load;

        Assert.True(exitCode == 0, silo.Tell($"It exited with {exitCode}."));
        Assert.Equal(0, inFlight);

        // A start without an outcome would be taken over, sent again and marked; none was left.
        var history = await HistoryReader.ReadAsync(
            client, workload.Guests, upstream, inFlightAtFaults: 0, Patience);
        Assert.Empty(HistoryChecker.Check(history));
        Assert.DoesNotContain(history.Timelines.Values, static timeline =>
            timeline.Any(static @event => @event.IsInDoubt));
    }
}
