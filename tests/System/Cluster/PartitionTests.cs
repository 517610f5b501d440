using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;
using GuestSessions.SystemTests.Network;

namespace GuestSessions.SystemTests.Cluster;

/// <summary>Row 6 of the fault plan: silos in network namespaces of their own, and the ways between them cut.</summary>
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Guests = 60;
    private const int EventsBetween = 10 * Guests;
    private const int Workers = 48; // Many of them wait for guests that cannot answer.

    private static readonly TimeSpan Think = TimeSpan.FromMilliseconds(400);

    /// <summary>Longer than it takes to declare a silo dead.</summary>
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task Whatever_way_is_cut_nothing_is_lost_or_reordered_and_who_cannot_reach_the_journal_takes_no_calls()
    {
        var rounds = Scale.Of("PARTITION_ROUNDS", 1, least: 1);
        Assert.SkipUnless(TestNetwork.IsAllowed(), "Making network namespaces takes the rights of root, and iproute2.");
        using var network = new TestNetwork();
        NetworkPlace[] places = [network.NewPlace(), network.NewPlace(), network.NewPlace()];
        await using var cluster = await Topology.StartAsync(network, places);
        using var client = new SessionsClient(cluster.Addresses);
        var workload = new Workload(client, Guests, seed: 1, Think);
        using var end = new CancellationTokenSource();
        var load = workload.RunAsync(Workers, end.Token);

        (string Name, Action Cut)[] shapes =
        [
            ("two silos apart", () => TestNetwork.CutBoth(places[0], places[1])),
            ("a silo apart from both others", () =>
            {
                TestNetwork.CutBoth(places[1], places[0]);
                TestNetwork.CutBoth(places[1], places[2]);
            }),
            ("a silo without the database", () => TestNetwork.Cut(places[2], network.Database)),
            ("a silo alone", () =>
            {
                TestNetwork.CutBoth(places[0], places[1]);
                TestNetwork.CutBoth(places[0], places[2]);
                TestNetwork.Cut(places[0], network.Database);
                TestNetwork.Cut(places[0], network.Here);
            }),
        ];
        foreach (var (name, cut) in Enumerable.Repeat(shapes, rounds).SelectMany(static shape => shape))
        {
            var before = workload.Acknowledged;
            await Eventually.TrueAsync(
                () => workload.Acknowledged >= before + EventsBetween, Patience, "there is load on every silo");
            before = workload.Acknowledged;
            cut();
            if (name == "a silo without the database")
            {
                await Eventually.TrueAsync(
                    async () => !await cluster.Silos[2].IsReadyAsync(), Patience, "it takes no calls");
            }

            await Eventually.ElapseAsync(Cut);
            var during = workload.Acknowledged;
            network.Heal();
            await Eventually.TrueAsync(
                async () => await cluster.CountActiveAsync() == places.Length, Patience, "all are members again");
            await Task.WhenAll(cluster.Silos.Select(static silo => silo.WaitUntilReadyAsync()));
            output.WriteLine($"{name}: {during - before} acknowledged meanwhile");
        }

        await end.CancelAsync();
        await load;
        await Quiet.UntilDeliveredAsync(client.Log, cluster.Upstream, Patience);
        var history = await HistoryReader.ReadAsync(
            client, workload.Guests, cluster.Upstream, rounds * shapes.Length * Guests, Patience);
        var violations = HistoryChecker.Check(history);
        output.WriteLine($"{workload.Acknowledged} acknowledged, {violations.Count} violations");
        Assert.True(violations.Count == 0, cluster.Tell(string.Join('\n', violations.Take(50))));
    }
}
