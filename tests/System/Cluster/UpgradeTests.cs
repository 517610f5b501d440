using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Row 11 of the fault plan, with two builds. It needs an older one: <c>scripts/upgrade.sh</c> runs it.</summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private const int Guests = 100;
    private const int Workers = 8;

    private static readonly TimeSpan Think = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact(Explicit = true)]
    public async Task From_the_build_before_to_this_one_and_back_host_by_host_no_call_fails_and_nothing_is_lost()
    {
        var before = Environment.GetEnvironmentVariable("UPGRADE_FROM")
            ?? throw new InvalidOperationException("UPGRADE_FROM names the folder of the build before.");
        await using var cluster = await Topology.StartAsync(root: before);
        using var client = new SessionsClient(cluster.Addresses);
        var workload = new Workload(client, Guests, seed: 1, Think);
        using var end = new CancellationTokenSource();
        var load = workload.RunAsync(Workers, end.Token);

        string[] cycle = [Binaries.Root, before];
        foreach (var root in Enumerable.Repeat(cycle, Scale.Of("CYCLES", 1, least: 1)).SelectMany(static root => root))
        {
            foreach (var silo in cluster.Silos)
                await ReplaceAsync(silo, Binaries.SiloIn(root));
            foreach (var api in cluster.Apis)
                await ReplaceAsync(api, Binaries.ApiIn(root));
        }

        await end.CancelAsync();
        await load;
        await Quiet.UntilDeliveredAsync(client.Log, cluster.Upstream, Patience);
        var history = await HistoryReader.ReadAsync(client, workload.Guests, cluster.Upstream, inFlightAtFaults: 0, Patience);
        var violations = HistoryChecker.Check(history);
        var duplicates = history.Arrivals.Count - history.Arrivals.DistinctBy(static got => got.Mark).Count();
        output.WriteLine(
            $"{workload.Acknowledged} acknowledged, {duplicates} duplicates, {violations.Count} violations; "
            + $"with all its retries a call took {workload.Longest.TotalSeconds:0.0} s at most");
        Assert.True(violations.Count == 0, cluster.Tell(string.Join('\n', violations.Take(50))));
    }

    private static async Task ReplaceAsync(HostProcess host, string binary)
    {
        await Eventually.ElapseAsync(Calm);
        Assert.Equal(0, await host.StopAsync());
        host.Binary = binary;
        await host.StartAsync();
    }
}
