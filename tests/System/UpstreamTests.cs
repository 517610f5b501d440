using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>The upstream is in trouble, the service is not.</summary>
public sealed class UpstreamTests
{
    private const int Guests = 20;

    /// <summary>Well below what fills a guest's backlog: a hot guest that is refused would never end its load.</summary>
    private const int Enough = 10_000;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);

    /// <summary>Ten times what a quiet machine needs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task What_is_accepted_while_the_upstream_is_down_arrives_in_order_and_once()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        using var end = new CancellationTokenSource();
        var workload = new Workload(client, Guests, seed: 2);
        await client.RecordAsync(new SentEvent("guest-1", "before"));

        await upstream.GoDownAsync();
        using var outage = new CancellationTokenSource(Outage);
        var load = workload.RunAsync(workers: 1, end.Token);
        await Eventually.TrueAsync(() => workload.Acknowledged >= Enough, Patience, "enough is accepted");
        await end.CancelAsync();
        await load;
        await Eventually.TrueAsync(() => outage.IsCancellationRequested, Patience, "the outage is over");
        await upstream.ComeBackAsync();

        var history = await FinishAsync(client, workload, upstream, inFlightAtFaults: 1);
        Assert.Empty(HistoryChecker.Check(history));
        Assert.True(history.Arrivals.Count > Enough);
        Assert.Equal(history.Arrivals.Count, history.Arrivals.DistinctBy(static got => got.Mark).Count());
    }

    [Fact]
    public async Task Requests_without_an_answer_are_sent_again_marked_and_orders_are_held()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(
            upstream.Address, ("Delivery:ResponseTimeout", "00:00:00.500"));
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        FaultRule[] faults =
        [
            new() { Kind = FaultKind.HangAfter, Nth = 20, Times = 3, Path = FaultPath.Events },
            new() { Kind = FaultKind.ResetAfter, Nth = 60, Times = 3, Path = FaultPath.Events },
            new() { Kind = FaultKind.ResetBefore, Nth = 100, Times = 3, Path = FaultPath.Events },
            new() { Kind = FaultKind.HangBefore, Nth = 140, Times = 3, Path = FaultPath.Events },
            new() { Kind = FaultKind.ResetAfter, Type = "ORDER_CHECKOUT", Times = 1 },
        ];
        Assert.True(upstream.Faults.TryAdd(faults));
        var workload = new Workload(client, Guests, seed: 3);
        using var end = new CancellationTokenSource();

        var load = workload.RunAsync(workers: 4, end.Token);
        await Eventually.TrueAsync(() => workload.Acknowledged >= 400, Patience, "enough is accepted");
        await end.CancelAsync();
        await load;
        await client.RecordAsync(SentEvent.Order("guest-1", "last"));

        var history = await FinishAsync(client, workload, upstream, inFlightAtFaults: 13);
        Assert.Empty(HistoryChecker.Check(history));
        Assert.Equal(13, upstream.Faults.List().Sum(static rule => rule.Fired));
        Assert.Contains(history.Timelines.Values, static timeline =>
            timeline.Any(static @event => @event.PossiblyDuplicate));
        Assert.Contains(history.Timelines.Values, static timeline =>
            timeline.Any(static @event => @event.State == "in_doubt"));
    }

    [Fact]
    public async Task A_wrong_base_URL_costs_no_event_anything_but_time()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(new Uri(upstream.Address, "/nowhere"));
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        var workload = new Workload(client, Guests, seed: 4);
        using var end = new CancellationTokenSource();
        var load = workload.RunAsync(workers: 2, end.Token);
        await Eventually.TrueAsync(() => workload.Acknowledged >= 100, Patience, "enough is accepted");
        await end.CancelAsync();
        await load;
        await Eventually.TrueAsync(
            () => silo.Output.Any(static line => line.Contains("is paused", StringComparison.Ordinal)),
            Patience, "the tenant pauses");

        Assert.Empty(upstream.Arrivals);
        Assert.All(
            await TimelinesAsync(client, workload.Guests), static @event => Assert.Equal("pending", @event.State));

        await silo.StopAsync();
        silo.Configure("Tenants:demo:StreamApi:BaseUrl", upstream.Address.ToString());
        await silo.StartAsync();
        var history = await FinishAsync(client, workload, upstream, inFlightAtFaults: 0);
        Assert.Empty(HistoryChecker.Check(history));
    }

    private static async Task<IReadOnlyList<TimelineEvent>> TimelinesAsync(
        SessionsClient client, IReadOnlyList<string> guests)
    {
        List<TimelineEvent> events = [];
        foreach (var guest in guests)
            events.AddRange(await client.ReadTimelineAsync(guest));
        return events;
    }

    /// <summary>Waits until every line is empty, and reads everything.</summary>
    private static Task<History> FinishAsync(
        SessionsClient client, Workload workload, Upstream upstream, int inFlightAtFaults) =>
        HistoryReader.ReadAsync(client, workload.Guests, upstream, inFlightAtFaults, Patience);
}
