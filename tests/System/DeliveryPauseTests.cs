using System.Text.Json;
using GuestSessions.SystemTests.Cluster;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>Once a pause is answered, nothing leaves but what had left before, on whatever silo.</summary>
public sealed class DeliveryPauseTests
{
    /// <summary>
    /// Requests that a process can still write when it goes on: those it had looked at for the last time when it was stopped.
    /// </summary>
    private const int MostStale = 2;

    private const string Because = """{"reason":"maintenance"}""";
    private const int Guests = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Longer than any silo goes by terms that it has.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_busy_tenant_on_two_silos_sends_nothing_after_its_pause_is_answered()
    {
        await using var cluster = await Topology.StartAsync(silos: 2, apis: 1, Latency);
        using var client = new SessionsClient(cluster.Addresses);

        await PausesAsync(cluster.Upstream, client);
    }

    [Fact]
    public async Task A_busy_tenant_of_an_all_in_one_sends_nothing_after_its_pause_is_answered()
    {
        await using var upstream = await Upstream.StartAsync(Latency);
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);

        await PausesAsync(upstream, client);
    }

    [Fact]
    public async Task An_idle_tenant_sends_nothing_after_its_pause_is_answered()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("g", "first"));
        await Eventually.TrueAsync(() => upstream.Arrivals.Count == 1, Patience, "the first event arrives");
        await Eventually.ElapseAsync(Watched);

        var paused = await client.ActAsync("/v1/delivery/pause", Because);
        await client.RecordAsync(new SentEvent("g", "second"));
        await Eventually.ElapseAsync(Watched);

        Assert.Equal(0, paused.GetProperty("in_flight").GetInt32());
        Assert.Single(upstream.Arrivals);
        await client.ActAsync("/v1/delivery/resume", Because);
        await Eventually.TrueAsync(() => upstream.Arrivals.Count == 2, Patience, "the second event arrives");
    }

    [Fact]
    public async Task A_guest_sends_nothing_after_its_own_pause_is_answered()
    {
        await using var upstream = await Upstream.StartAsync(Latency);
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync([.. Enumerable.Range(0, 400).Select(static number => new SentEvent("g", $"e{number}"))]);
        await Eventually.TrueAsync(() => upstream.Arrivals.Count > 5, Patience, "the guest is being delivered");

        var paused = await client.ActAsync("/v1/guests/g/pause", Because);
        var before = upstream.Arrivals.Count;
        await Eventually.ElapseAsync(TimeSpan.FromSeconds(2));

        var inFlight = paused.GetProperty("in_flight").GetInt32();
        Assert.InRange(inFlight, 0, 1);
        Assert.InRange(upstream.Arrivals.Count - before, 0, inFlight);
    }

    [Fact]
    public async Task A_silo_that_stood_still_while_its_tenant_was_paused_sends_nothing_when_it_goes_on()
    {
        await using var cluster = await Topology.StartAsync(silos: 2, apis: 1, Latency);
        using var client = new SessionsClient(cluster.Addresses);
        var workload = new Workload(client, Guests, seed: 14, think: TimeSpan.FromMilliseconds(5));
        using var end = new CancellationTokenSource();
        var load = workload.RunAsync(workers: 4, end.Token);
        await Eventually.TrueAsync(() => cluster.Upstream.Arrivals.Count > 200, Patience, "the tenant is busy");

        var frozenAt = TimeProvider.System.GetUtcNow();
        await cluster.Silos[1].FreezeAsync();
        JsonElement paused = default;
        await Eventually.TrueAsync(
            async () => (paused = await TryPauseAsync(client)).ValueKind == JsonValueKind.Object, Patience, "the pause is answered");
        var before = cluster.Upstream.Arrivals.Count;
        await cluster.Silos[1].ThawAsync();
        await Eventually.ElapseAsync(Watched);

        var (late, stale) = (0, 0);
        foreach (var arrival in cluster.Upstream.Arrivals.Skip(before).ToList())
        {
            var sentAt = await ReadSentAtAsync(client, arrival.Mark);
            _ = sentAt < frozenAt ? stale++ : late++;
        }

        Assert.InRange(late, 0, paused.GetProperty("in_flight").GetInt32());
        Assert.InRange(stale, 0, MostStale);
        await client.ActAsync("/v1/delivery/resume", Because);
        await end.CancelAsync();
        await load;
    }

    private static async Task<DateTimeOffset> ReadSentAtAsync(SessionsClient client, string mark)
    {
        var parts = mark.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (await client.ReadEventAsync(parts[0], parts[1]))!.Value.GetProperty("sent_at").GetDateTimeOffset();
    }

    /// <summary>Nothing where the tenant's state is on the silo that stands still, until that is found dead.</summary>
    private static async Task<JsonElement> TryPauseAsync(SessionsClient client)
    {
        try
        {
            return await client.ActAsync("/v1/delivery/pause", Because);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return default;
        }
    }

    private static async Task PausesAsync(Upstream upstream, SessionsClient client)
    {
        var workload = new Workload(client, Guests, seed: 13, think: TimeSpan.FromMilliseconds(5));
        using var end = new CancellationTokenSource();
        var load = workload.RunAsync(workers: 4, end.Token);
        await Eventually.TrueAsync(() => upstream.Arrivals.Count > 200, Patience, "the tenant is busy");

        for (var round = 0; round < 3; round++)
        {
            var paused = await client.ActAsync("/v1/delivery/pause", Because);
            var before = upstream.Arrivals.Count;
            await Eventually.ElapseAsync(round == 0 ? Watched : TimeSpan.FromSeconds(1));
            var after = upstream.Arrivals.Count;

            Assert.InRange(after - before, 0, paused.GetProperty("in_flight").GetInt32());
            await client.ActAsync("/v1/delivery/resume", Because);
            await Eventually.TrueAsync(() => upstream.Arrivals.Count > after + 50, Patience, "it goes on");
        }

        await end.CancelAsync();
        await load;
    }
}
