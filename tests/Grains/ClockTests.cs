using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
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
        });
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
        gate.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Misconfigured });
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
        var tenant = new TenantDelivery(null, rate: 0, alone: true, _time);
        tenant.Take("a", new TenantNews { Hold = TimeSpan.FromMinutes(5) }, out _);
        _time.Offset = TimeSpan.FromHours(hours);
        _ticks.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(TimeSpan.FromMinutes(1), tenant.Take("b", new TenantNews(), out _).Hold);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void A_guests_schedule_goes_by_a_clock_that_nobody_sets(int hours)
    {
        var steady = new SteadyTime(_time);
        var before = steady.GetUtcNow();
        Assert.Equal(_time.GetUtcNow(), before);
        _time.Offset = TimeSpan.FromHours(hours);
        _ticks.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(before + TimeSpan.FromSeconds(7), steady.GetUtcNow());
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
        if (!gate.TryAcquire("demo", isRetry: false, out var permit))
            return false;
        gate.Release(permit);
        return true;
    }

    private sealed class SetClock(FakeTimeProvider ticks) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => ticks.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => ticks.GetUtcNow() + Offset;

        public override long GetTimestamp() => ticks.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            ticks.CreateTimer(callback, state, dueTime, period);
    }
}
