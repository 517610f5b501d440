using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
using GuestSessions.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>The system's clock is set by an hour or a day, either way; delivery waits as long as it would have.</summary>
public sealed class ClockTests
{
    private readonly FakeTimeProvider _ticks = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly SetClock _time;

    public ClockTests() => _time = new SetClock(_ticks);

    public static TheoryData<int> Hours => [-24, -1, 1, 24];

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_hold_ends_when_it_would_have(int hours)
    {
        using var gate = Gate();
        gate.Observe("demo", new AttemptReport
        {
            Outcome = AttemptOutcome.NotApplied,
            RetryAfter = TimeSpan.FromSeconds(30),
        }, Witnesses.Another());
        _time.Offset = TimeSpan.FromHours(hours);
        _ticks.Advance(TimeSpan.FromSeconds(29));
        Assert.False(IsFree(gate));
        _ticks.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsFree(gate));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_tenant_in_trouble_is_probed_when_it_would_have_been(int hours)
    {
        using var gate = Gate();
        gate.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Misconfigured }, Witnesses.Another());
        _time.Offset = TimeSpan.FromHours(hours);
        _ticks.Advance(TimeSpan.FromSeconds(59));
        Assert.False(IsFree(gate));
        _ticks.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsFree(gate));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_rate_earns_what_it_would_have(int hours)
    {
        using var gate = Gate(rate: 4);
        Assert.True(IsFree(gate));
        Assert.False(IsFree(gate));
        _time.Offset = TimeSpan.FromHours(hours);
        Assert.False(IsFree(gate));
        _ticks.Advance(TimeSpan.FromMilliseconds(250));
        Assert.True(IsFree(gate));
        Assert.False(IsFree(gate));
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_tenants_hold_over_all_silos_ends_when_it_would_have(int hours)
    {
        var tenant = new TenantDelivery(null, rate: 0, alone: true, _time, _time.Boot);
        tenant.Take("a", new TenantReport { Hold = TimeSpan.FromMinutes(5) }, out _);
        _time.Offset = TimeSpan.FromHours(hours);
        _ticks.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(1), tenant.Take("b", new TenantReport(), out _).Hold);
    }

    [Theory]
    [InlineData(-24, true)]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(24, true)]
    [InlineData(-24, false)]
    [InlineData(-1, false)]
    public void A_hold_of_five_seconds_is_one_of_five_seconds_after_a_restart(int hours, bool sameMachine)
    {
        var tenant = new TenantDelivery(null, rate: 0, alone: true, _time, _time.Boot);
        tenant.Take("a", new TenantReport { Hold = TimeSpan.FromSeconds(5) }, out _);
        _time.Offset = TimeSpan.FromHours(hours);
        _ticks.Advance(TimeSpan.FromSeconds(2));

        var again = new TenantDelivery(
            tenant.Record, rate: 0, alone: true, _time, sameMachine ? _time.Boot : Guid.NewGuid());
        var hold = again.Take("a", new TenantReport(), out _).Hold;
        Assert.Equal(TimeSpan.FromSeconds(sameMachine ? 3 : 5), hold);
    }

    [Fact]
    public void A_hold_that_another_machine_finds_over_is_over()
    {
        var tenant = new TenantDelivery(null, rate: 0, alone: true, _time, _time.Boot);
        tenant.Take("a", new TenantReport { Hold = TimeSpan.FromSeconds(5) }, out _);
        _ticks.Advance(TimeSpan.FromSeconds(6));

        var again = new TenantDelivery(tenant.Record, rate: 0, alone: true, _time, Guid.NewGuid());
        Assert.Equal(TimeSpan.Zero, again.Take("a", new TenantReport(), out _).Hold);
    }

    [Theory]
    [InlineData(-24, -24)]
    [InlineData(24, 0)]
    public void A_clock_that_is_set_forward_makes_no_history_old(int hours, int seen)
    {
        var monotonic = new MonotonicTime(_time);
        var before = _ticks.GetUtcNow();
        _time.Offset = TimeSpan.FromHours(hours);

        Assert.Equal(before + TimeSpan.FromHours(seen), monotonic.Earlier());
    }

    private DeliveryGate Gate(int rate = 0)
    {
        var options = new SessionsOptions { Tenants = { ["demo"] = new TenantOptions() } };
        options.Tenants["demo"].Delivery.RatePerSecond = rate;
        return new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(options), new FakeStreamClient(), _time,
            NullLogger<DeliveryGate>.Instance);
    }

    private static bool IsFree(DeliveryGate gate)
    {
        if (!gate.TryAcquire("demo", isRetry: false, isPublic: false, out var permit))
            return false;
        gate.Release(permit);
        return true;
    }
}
