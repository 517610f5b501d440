using System.Collections.Concurrent;
using GuestSessions.Client;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GuestSessions.SystemTests;

/// <summary>
/// The client's buffer over the real service, which is killed and started again while many guests send. <c>CLIENT_KILLS</c>,
/// <c>CLIENT_GUESTS</c> and <c>CLIENT_EVENTS</c> (of each guest) make it longer.
/// </summary>
public sealed class ClientTests(ITestOutputHelper output)
{
    private static readonly int Kills = Scale.Of("CLIENT_KILLS", 2);
    private static readonly int Guests = Scale.Of("CLIENT_GUESTS", 50, least: 2);
    private static readonly int EventsOfEach = Scale.Of("CLIENT_EVENTS", 60, least: 10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Whatever_kills_the_service_the_client_loses_nothing_that_was_awaited_and_keeps_the_order()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        await using var services = Services(silo.Address);
        var sessions = services.GetRequiredService<IGuestSessions>();
        var receipts = new ConcurrentDictionary<string, EventReceipt>();

        var started = TimeProvider.System.GetTimestamp();
        var sending = Task.WhenAll(Enumerable.Range(0, Guests).Select(guest => SendAsync(sessions, $"g{guest}", receipts)));
        for (var kill = 1; kill <= Kills; kill++)
        {
            var due = Guests * EventsOfEach * kill / (Kills + 1);
            await Eventually.TrueAsync(() => receipts.Count >= due || sending.IsCompleted, Patience);
            await silo.KillAsync();
            await silo.StartAsync();
        }

        await sending.WaitAsync(Patience);
        var report = await sessions.StopAsync();
        var elapsed = TimeProvider.System.GetElapsedTime(started);

        Assert.Empty(report.Left);
        Assert.Equal(Guests * EventsOfEach, receipts.Count);
        using var support = new SessionsClient(silo.Address);
        for (var guest = 0; guest < Guests; guest++)
        {
            var timeline = await support.ReadTimelineAsync($"g{guest}");
            Assert.Equal(Enumerable.Range(0, EventsOfEach).Select(at => IdOf($"g{guest}", at)), timeline.Select(static one => one.EventId));
            Assert.All(timeline, one => Assert.Equal(one.Sequence, receipts[one.EventId].Sequence));
        }

        // Every event is sent again, as by a program that was killed before it knew: the service has each of them.
        await using var again = Services(silo.Address);
        var repeats = new ConcurrentDictionary<string, EventReceipt>();
        await Task.WhenAll(Enumerable.Range(0, Guests).Select(
            guest => SendAsync(again.GetRequiredService<IGuestSessions>(), $"g{guest}", repeats))).WaitAsync(Patience);
        Assert.All(repeats, repeat => Assert.Equal(
            (ReceiptStatus.Duplicate, receipts[repeat.Key].Sequence), (repeat.Value.Status, repeat.Value.Sequence)));
        await ArrivesInOrderAsync(upstream, receipts);
        output.WriteLine($"{receipts.Count} events, {Kills} kills, {elapsed.TotalSeconds:0.0} s, "
            + $"{receipts.Values.Count(static receipt => receipt.Status == ReceiptStatus.Duplicate)} answered duplicate after a kill");
    }

    private static string IdOf(string guest, int at) => $"{guest}-e{at:00000}";

    private static async Task SendAsync(IGuestSessions sessions, string guest, ConcurrentDictionary<string, EventReceipt> receipts)
    {
        List<Task> completions = [];
        for (var at = 0; at < EventsOfEach; at++)
        {
            var queued = await sessions.EnqueueAsync(guest, new ViewEvent
            {
                EventId = IdOf(guest, at),
                Page = new SentEvent(guest, IdOf(guest, at)).Mark,
                PointOfSale = SentEvent.PointOfSale,
            });
            completions.Add(KeepAsync(queued, receipts));
            if (at % 10 == 9)
                await Task.WhenAll(completions); // Some wait, so that kills find guests at different places.
        }

        await Task.WhenAll(completions);
    }

    private static async Task KeepAsync(QueuedEvent queued, ConcurrentDictionary<string, EventReceipt> receipts) =>
        Assert.True(receipts.TryAdd(queued.EventId, await queued.Completion));

    private static async Task ArrivesInOrderAsync(Upstream upstream, ConcurrentDictionary<string, EventReceipt> receipts)
    {
        HashSet<string> awaited = [];
        foreach (var eventId in receipts.Keys)
            awaited.Add(new SentEvent(eventId.Split('-')[0], eventId).Mark);
        await Eventually.TrueAsync(
            () => awaited.IsSubsetOf(upstream.Arrivals.Select(static arrival => arrival.Mark).ToHashSet()), Patience, "all have arrived");

        foreach (var guest in upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().GroupBy(static mark => mark.Split('/')[1]))
            Assert.Equal(guest.Order(StringComparer.Ordinal), guest);
    }

    private static ServiceProvider Services(Uri address)
    {
        var services = new ServiceCollection();
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddGuestSessions(options =>
        {
            options.Address = address;
            options.ApiKey = "demo-ingest";
            options.LongestRetryDelay = TimeSpan.FromSeconds(1);
            options.FlushInterval = TimeSpan.FromMilliseconds(20);
            options.BatchEvents = 50;
        });
        return services.BuildServiceProvider();
    }
}
