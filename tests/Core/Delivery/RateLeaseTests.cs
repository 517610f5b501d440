using CsCheck;
using GuestSessions.Core.Delivery;

namespace GuestSessions.Core.Tests.Delivery;

public sealed class RateLeaseTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(6);

    private static RateLeases New() => new(100, Length, TimeSpan.Zero);

    [Fact]
    public void Who_is_alone_has_it_all() => Assert.Equal(100, New().Renew("a", 0, default, TimeSpan.Zero).Rate);

    [Fact]
    public void A_second_silo_waits_for_the_first_to_give_up_its_half()
    {
        var leases = New();
        leases.Renew("a", 0, default, TimeSpan.Zero);
        Assert.Equal(0, leases.Renew("b", 0, default, TimeSpan.FromSeconds(1)).Rate);
        Assert.Equal(50, leases.Renew("a", 100, default, TimeSpan.FromSeconds(2)).Rate);
        Assert.Equal(50, leases.Renew("b", 0, default, TimeSpan.FromSeconds(2)).Rate);
    }

    [Fact]
    public void A_silo_that_vanishes_gives_its_share_back_by_time()
    {
        var leases = New();
        leases.Renew("a", 0, default, TimeSpan.Zero);
        leases.Renew("b", 0, default, TimeSpan.Zero);
        Assert.Equal(0, leases.Renew("b", 0, default, Length - TimeSpan.FromTicks(1)).Rate);
        Assert.Equal(100, leases.Renew("b", 0, default, Length).Rate);
    }

    [Fact]
    public void Who_has_more_to_send_has_more_and_nobody_has_nothing()
    {
        var leases = New();
        for (var at = 0; at < 4; at++)
        {
            leases.Renew("busy", 0, new SendDemand(1_000, 0), TimeSpan.FromSeconds(at));
            leases.Renew("idle", 0, default, TimeSpan.FromSeconds(at));
        }

        Assert.Equal(95, leases.Renew("busy", 0, new SendDemand(1_000, 0), TimeSpan.FromSeconds(4)).Rate, 1e-9);
        Assert.Equal(5, leases.Renew("idle", 0, default, TimeSpan.FromSeconds(4)).Rate, 1e-9);
    }

    [Theory]
    [InlineData(300, 10_000, 25)]
    [InlineData(0, 10_000, 95)]
    [InlineData(300, 20, 7)]
    public void Strangers_at_one_silo_leave_three_quarters_to_backends_at_another(int backends, int strangers, double percent)
    {
        var leases = New();
        for (var at = 0; at < 4; at++)
        {
            leases.Renew("backends", 0, new SendDemand(backends, 0), TimeSpan.FromSeconds(at));
            leases.Renew("strangers", 0, new SendDemand(0, strangers), TimeSpan.FromSeconds(at));
        }

        var rate = leases.Renew("strangers", 0, new SendDemand(0, strangers), TimeSpan.FromSeconds(4)).Rate;
        Assert.Equal(percent, Math.Round(rate));
    }

    [Fact]
    public void Never_is_more_leased_out_than_there_is() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 500], Gen.Int[0, 500], Gen.Int[0, 3_000]).Array[1, 200].Sample(steps =>
        {
            var leases = New();
            var now = TimeSpan.Zero;
            Dictionary<int, (double Rate, TimeSpan Until)> held = [];
            foreach (var (silo, backends, strangers, pause) in steps)
            {
                now += TimeSpan.FromMilliseconds(pause);
                var lease = leases.Renew($"{silo}", 0, new SendDemand(backends, strangers), now);
                held[silo] = (lease.Rate, now + lease.For);
                var total = held.Values.Where(one => one.Until > now).Sum(static one => one.Rate);
                Assert.InRange(total, 0, 100 + 1e-9);
            }
        });
}
