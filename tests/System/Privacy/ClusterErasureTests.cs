using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Cluster;
using FaultKind = GuestSessions.Emulator.Faults.FaultKind;

namespace GuestSessions.SystemTests.Privacy;

/// <summary>
/// The canaries in a cluster: two API hosts and three silos over PostgreSQL. The erasure races with ingest through both hosts,
/// with delivery and with a replay, and a silo is killed in the middle.
/// </summary>
public sealed class ClusterErasureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Nothing_of_an_erased_guest_is_left_in_any_table_or_behind_any_host()
    {
        await using var cluster = await Topology.StartAsync(
            silos: 3, apis: 2, upstreamLatency: TimeSpan.FromMilliseconds(30),
            settings: [("Privacy:SecondSearchAfter", "00:00:02"), ("Delivery:SweepInterval", "00:00:02")]);
        cluster.Upstream.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 400, Type = "SEARCH" },
            new FaultRule { Kind = FaultKind.Status, Status = 500, Type = "ORDER_CHECKOUT" });
        using var guest = new CanaryGuest(cluster.Addresses[0]);
        using var there = guest.At(cluster.Addresses[1]);
        await guest.LiveAsync();
        Assert.NotEmpty(await CanarySearch.InDatabaseAsync(cluster.ConnectionString, guest.Canary));

        var racing = Task.WhenAll(guest.RaceAsync(), there.RaceAsync());
        var operation = await guest.EraseAsync();
        await cluster.Silos[0].KillAsync();
        var certificate = await there.AwaitAsync(operation, Patience);
        await racing;

        await guest.MustBeGoneAsync();
        await there.MustBeGoneAsync();
        await cluster.Silos[0].StartAsync();
        await there.PostAsync($"/v1/operations/{operation}/file", """{"reason":"upload"}""");
        await Eventually.TrueAsync(
            async () => (await CanarySearch.InDatabaseAsync(cluster.ConnectionString, guest.Canary)).Count == 0,
            Patience, "no trace is left, with the file taken");
        await guest.MustBeGoneAsync();
        await there.MustBeGoneAsync();
        Assert.Equal((1, 1), (certificate.GetProperty("guests").GetInt32(), certificate.GetProperty("browsers").GetInt32()));
        Assert.All(cluster.Silos.Concat(cluster.Apis), host => Assert.DoesNotContain(
            host.Output, line => line.Contains(guest.Canary, StringComparison.OrdinalIgnoreCase)));
    }
}
