using CsCheck;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Tests.Delivery;

public sealed class RateLeaseTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(6);

    private static RateLeases New() => new(100, Length, TimeSpan.Zero);

    [Fact]
    public void Who_is_alone_has_it_all() => Assert.Equal(100, New().Renew("a", 0, 1, TimeSpan.Zero).Rate);

    [Fact]
    public void A_second_silo_waits_for_the_first_to_give_up_its_half()
    {
        var leases = New();
        leases.Renew("a", 0, 1, TimeSpan.Zero);
        Assert.Equal(0, leases.Renew("b", 0, 1, TimeSpan.FromSeconds(1)).Rate);
        Assert.Equal(50, leases.Renew("a", 100, 1, TimeSpan.FromSeconds(2)).Rate);
        Assert.Equal(50, leases.Renew("b", 0, 1, TimeSpan.FromSeconds(2)).Rate);
    }

    [Fact]
    public void A_silo_that_vanishes_gives_its_share_back_by_time()
    {
        var leases = New();
        leases.Renew("a", 0, 1, TimeSpan.Zero);
        leases.Renew("b", 0, 1, TimeSpan.Zero);
        Assert.Equal(0, leases.Renew("b", 0, 1, Length - TimeSpan.FromTicks(1)).Rate);
        Assert.Equal(100, leases.Renew("b", 0, 1, Length).Rate);
    }

    [Fact]
    public void Who_has_more_to_send_has_more_and_nobody_has_nothing()
    {
        var leases = New();
        for (var at = 0; at < 4; at++)
        {
            leases.Renew("busy", 0, 1_000, TimeSpan.FromSeconds(at));
            leases.Renew("idle", 0, 1, TimeSpan.FromSeconds(at));
        }

        Assert.Equal(95, leases.Renew("busy", 0, 1_000, TimeSpan.FromSeconds(4)).Rate, 1e-9);
        Assert.Equal(5, leases.Renew("idle", 0, 1, TimeSpan.FromSeconds(4)).Rate, 1e-9);
    }

    [Fact]
    public void Never_is_more_leased_out_than_there_is() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 500], Gen.Int[0, 3_000]).Array[1, 200].Sample(steps =>
        {
            var leases = New();
            var now = TimeSpan.Zero;
            Dictionary<int, (double Rate, TimeSpan Until)> held = [];
            foreach (var (silo, weight, pause) in steps)
            {
                now += TimeSpan.FromMilliseconds(pause);
                var lease = leases.Renew($"{silo}", 0, weight, now);
                held[silo] = (lease.Rate, now + lease.For);
                var total = held.Values.Where(one => one.Until > now).Sum(static one => one.Rate);
                Assert.InRange(total, 0, 100 + 1e-9);
            }
        });
}
