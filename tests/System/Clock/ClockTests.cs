using System.Globalization;
using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Clock;

/// <summary>
/// The wall clock of the real process is set, by a second or by a day, either way. The upstream's clock, which is the
/// test's own, says what really happened.
/// </summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.5);

    /// <summary>On a machine that many share; far below what a step would make of it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan[] Steps =
    [
        .. ((int[])[1, 20 * 60, 60 * 60, 24 * 60 * 60]).SelectMany(static seconds =>
            (TimeSpan[])[TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(-seconds)]),
    ];

    [Fact]
    public async Task A_clock_that_is_set_while_it_runs_holds_nothing_reorders_nothing_and_makes_nothing_too_old()
    {
        await using var upstream = await Upstream.StartAsync();
        using var clock = await WallClock.CompileAsync();
        await using var silo = await StartAsync(upstream, clock);
        using var client = new SessionsClient(silo.Address);
        for (var number = 0; number < Steps.Length; number++)
        {
            var guest = $"guest-{number}";
            await SendAsync(client, guest, "warm-up", upstream);
            var posted = TimeProvider.System.GetUtcNow();
            await RecordAsync(client, guest, "a");
            clock.Set(Steps[number]);
            await RecordAsync(client, guest, "b");
            clock.Set(TimeSpan.Zero);
            clock.Set(Steps[number]);
            await RecordAsync(client, guest, "c");
            await ArrivedAsync(upstream, guest, "c");

            Assert.Equal(["warm-up", "a", "b", "c"], ArrivedOf(upstream, guest));
            Assert.InRange(ArrivalOf(upstream, guest, "a").At - posted, Settle - Tolerance, Patience);
            await IsDeliveredAsync(client, guest, ["warm-up", "a", "b", "c"]);
            var received = Time(await client.ReadEventAsync(guest, "c"), "received_at");
            Assert.InRange((received - clock.Offset - posted).TotalSeconds, -1, 60);
            var delivered = Time(await client.ReadEventAsync(guest, "c"), "delivered_at");
            Assert.InRange((delivered - received).TotalSeconds, 1, Patience.TotalSeconds);
            clock.Set(TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task A_clock_that_was_set_over_a_restart_holds_nothing_reorders_nothing_and_makes_nothing_too_old()
    {
        // Each waits for seconds and starts twice: a few side by side.
        var few = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        await Parallel.ForEachAsync(Steps, few, async (step, _) => await SetOverARestartAsync(step));
    }

    private static async Task SetOverARestartAsync(TimeSpan step)
    {
        const string guest = "guest-1";
        await using var upstream = await Upstream.StartAsync();
        using var clock = await WallClock.CompileAsync();
        await using var silo = await StartAsync(upstream, clock);
        using var client = new SessionsClient(silo.Address);
        await SendAsync(client, guest, "warm-up", upstream);
        upstream.Faults.TryAdd(new FaultRule
        {
            Kind = FaultKind.Status,
            Status = 429,
            RetryAfter = "5",
            Times = 1,
            Path = FaultPath.Events,
        });
        await RecordAsync(client, guest, "a");
        await Eventually.TrueAsync(() => ArrivedOf(upstream, guest).Contains("a"), Patience, "a was put off");
        await silo.KillAsync();
        clock.Set(step);
        await silo.StartAsync();
        await RecordAsync(client, guest, "b");
        await ArrivedAsync(upstream, guest, "b");

        Assert.Equal(["warm-up", "a", "a", "b"], ArrivedOf(upstream, guest));
        await IsDeliveredAsync(client, guest, ["warm-up", "a", "b"]);
        var received = Time(await client.ReadEventAsync(guest, "b"), "received_at");
        Assert.InRange((received - clock.Offset - TimeProvider.System.GetUtcNow()).TotalSeconds, -60, 1);
    }

    private static async Task<SiloProcess> StartAsync(Upstream upstream, WallClock clock)
    {
        var silo = new SiloProcess(
            upstream.Address, ("Tenants:demo:Delivery:Settle", "00:00:02"), ("Tenants:demo:Delivery:MaxAge", "00:10:00"));
        clock.PreloadInto(silo);
        await silo.StartAsync();
        return silo;
    }

    private static async Task SendAsync(SessionsClient client, string guest, string eventId, Upstream upstream)
    {
        await RecordAsync(client, guest, eventId);
        await ArrivedAsync(upstream, guest, eventId);
    }

    /// <summary>As a caller does: what gets no answer or a retry is sent again, and may have been stored all the same.</summary>
    private static async Task RecordAsync(SessionsClient client, string guest, string eventId)
    {
        var status = EventStatus.Retry;
        await Eventually.TrueAsync(
            async () => (status = (await client.RecordAsync(new SentEvent(guest, eventId)))[0].EventStatus)
                is not (EventStatus.Retry or EventStatus.Unknown),
            Patience, $"{guest}/{eventId} is answered, and not with a retry");
        Assert.True(status is EventStatus.Accepted or EventStatus.Duplicate, $"{guest}/{eventId}: {status}");
    }

    private static Task ArrivedAsync(Upstream upstream, string guest, string eventId) => Eventually.TrueAsync(
        () => upstream.Arrivals.Any(arrival => arrival.Mark == new SentEvent(guest, eventId).Mark && arrival.Status == 201),
        Patience, $"{guest}/{eventId} arrives");

    private static UpstreamArrival ArrivalOf(Upstream upstream, string guest, string eventId) =>
        upstream.Arrivals.First(arrival => arrival.Mark == new SentEvent(guest, eventId).Mark);

    private static IEnumerable<string> ArrivedOf(Upstream upstream, string guest) => upstream.Arrivals
        .Where(arrival => arrival.Mark.StartsWith($"/{guest}/", StringComparison.Ordinal))
        .Select(arrival => arrival.Mark[$"/{guest}/".Length..]);

    private static async Task IsDeliveredAsync(SessionsClient client, string guest, IEnumerable<string> ids)
    {
        IReadOnlyList<TimelineEvent> timeline = [];
        await Eventually.TrueAsync(
            async () => (timeline = await client.ReadTimelineAsync(guest)).All(static one => one.State == "delivered"),
            Patience, $"all of {guest} is delivered");
        Assert.Equal(ids, timeline.Select(static one => one.EventId));
    }

    private static DateTimeOffset Time(JsonElement? @event, string name) => DateTimeOffset.Parse(
        @event!.Value.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
