using GuestSessions.Core.Options;

namespace GuestSessions.Simulation.Tests.Outages;

/// <summary>Long trouble in fake time.</summary>
public sealed class OutageTests
{
    private const int Guests = 10_000;
    private const int EventsEach = 3;
    private const int Rate = 500;
    private const int Concurrency = 64;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void After_a_day_without_an_upstream_everything_arrives_in_order_within_the_caps_and_without_a_storm()
    {
        using var world = new OutageWorld(new TenantDeliveryOptions
        {
            RatePerSecond = Rate,
            Concurrency = Concurrency,
        });
        world.Upstream.IsDown = true;
        for (var number = 0; number < EventsEach; number++)
        {
            for (var guest = 0; guest < Guests; guest++)
                world.Record($"guest-{guest}", number);
        }

        world.Pass(TimeSpan.FromHours(24), 5 * Second);
        var triedInTheOutage = world.Upstream.Tries.Count;
        world.Upstream.IsDown = false;
        var back = world.Time.GetUtcNow();
        for (var seconds = 0; world.Undelivered > 0 && seconds < 600; seconds++)
            world.Pass(Second, Tick);

        var taken = world.Upstream.Taken;
        Assert.Equal(0, world.Undelivered);
        Assert.Equal(Guests * EventsEach, taken.Count);
        Assert.All(taken.GroupBy(static one => one.Guest), static guest =>
            Assert.Equal(Enumerable.Range(0, EventsEach), guest.Select(static one => one.Number)));

        // One probe every 5 s while the circuit is open, and those that opened it.
        Assert.InRange(triedInTheOutage, 1_000, 24 * 3_600 / 5 + Concurrency + 20);
        Assert.InRange(world.Upstream.MostUnderWay, 1, Concurrency);
        var busiest = world.Upstream.Tries.Where(at => at >= back)
            .GroupBy(at => (at - back).Ticks / TimeSpan.TicksPerSecond)
            .Max(static second => second.Count());
        Assert.InRange(busiest, Rate / 2, Rate + Rate / 4 + 1);
        Assert.InRange((taken[^1].At - back).TotalSeconds, 1, 1.3 * Guests * EventsEach / Rate);
    }

    [Fact]
    public void One_poison_event_in_a_hundred_moves_no_other_guests_99th_percentile()
    {
        var clean = Delays(poisonEvery: int.MaxValue, out var quarantined);
        Assert.Equal(0, quarantined);

        var poisoned = Delays(poisonEvery: 100, out quarantined);

        Assert.Equal(200, quarantined);
        Assert.InRange(poisoned[poisoned.Count * 99 / 100] / clean[clean.Count * 99 / 100], 0, 1.2);
    }

    /// <summary>200 guests, 200 events a second for 100 s through 20 connections; the sorted delays of what was taken.</summary>
    private static List<double> Delays(int poisonEvery, out int quarantined)
    {
        using var world = new OutageWorld(new TenantDeliveryOptions { Concurrency = 20 });
        var recorded = new Dictionary<(string, int), DateTimeOffset>();
        for (var number = 0; number < 20_000; number++)
        {
            var guest = $"guest-{number % 200}";
            recorded[(guest, number)] = world.Time.GetUtcNow();
            world.Record(guest, number, poison: number % poisonEvery == poisonEvery - 1);
            world.Pass(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
        }

        world.Pass(TimeSpan.FromSeconds(60), Tick);
        Assert.Equal(0, world.Undelivered);
        quarantined = world.Quarantined;
        return [.. world.Upstream.Taken
            .Select(one => (one.At - recorded[(one.Guest, one.Number)]).TotalMilliseconds)
            .Order()];
    }
}
