using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>Two silos' gates and their tenant's state, without the wire between them.</summary>
public sealed class SharedThrottleTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeStreamClient _client = new();
    private readonly TenantDelivery _tenant;
    private readonly DeliveryGate _a;
    private readonly DeliveryGate _b;
    private readonly List<DeliveryGate> _called = [];

    public SharedThrottleTests()
    {
        _tenant = New(rate: 0);
        (_a, _b) = (Gate(rate: 0), Gate(rate: 0));
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public void Before_a_silo_knows_its_terms_it_sends_nothing()
    {
        Assert.False(IsFree(_a));
        Share(_a);
        Assert.True(IsFree(_a));
    }

    [Fact]
    public void A_paused_tenant_sends_nothing_on_any_silo_and_is_not_probed()
    {
        Share(_a, _b);
        _tenant.Pause(new ActMessage("key-1", "maintenance"));
        Share(_a, _b);
        _time.Advance(10 * Minute);
        Share(_a, _b);
        Assert.False(IsFree(_a) || IsFree(_b));

        _tenant.Resume();
        Share(_a, _b);

        Assert.True(IsFree(_a) && IsFree(_b));
    }

    [Fact]
    public void Retry_after_that_one_silo_was_told_holds_the_other()
    {
        Share(_a, _b);
        _a.Observe("demo", new AttemptReport
        {
            Outcome = AttemptOutcome.NotApplied,
            RetryAfter = TimeSpan.FromSeconds(30),
        }, Witnesses.Another());
        Assert.Contains(_a, _called);
        Share(_a, _b);

        _time.Advance(TimeSpan.FromSeconds(29));
        Share(_b);
        Assert.False(IsFree(_b));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsFree(_b));
    }

    [Fact]
    public async Task In_trouble_one_event_a_minute_goes_over_both_silos_until_the_upstream_accepts_one()
    {
        Share(_a, _b);

        // While the circuit looks open nobody gets a permit at once.
        _client.Status = new CircuitStatus(CircuitState.Open, TimeSpan.FromSeconds(5));
        var waiting = Enumerable.Range(0, 100).Select(number => Waiter.At(number % 2 == 0 ? _a : _b)).ToList();
        _a.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Misconfigured, Status = 401 }, Witnesses.Another());
        _client.Status = default;
        var tried = 0;
        for (var second = 0; second < 600; second++)
        {
            Share(_a, _b);
            _time.Advance(TimeSpan.FromSeconds(1));
            foreach (var waiter in Granted(waiting))
            {
                tried++;
                waiting.Remove(waiter);
                waiter.Gate.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Misconfigured }, Witnesses.Another());
                waiter.Gate.Release(await waiter.Permit);
            }
        }

        Assert.InRange(tried, 9, 10);
        _b.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Delivered }, Witnesses.Another());
        Share(_b, _a);
        Assert.Equal(waiting.Count, Granted(waiting).Count);
    }

    [Fact]
    public void The_rate_is_the_tenants_however_many_silos_share_it()
    {
        var tenant = New(rate: 100);
        using var a = Gate(rate: 100);
        using var b = Gate(rate: 100);
        var sent = 0;
        for (var tick = 0; tick < 2_000; tick++)
        {
            if (tick % 200 == 0)
            {
                Share(tenant, a, "a");
                Share(tenant, b, "b");
            }

            sent += Drain(a) + Drain(b);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        // 20 s at 100, and each silo's burst.
        Assert.InRange(sent, 1_850, 2_060);
    }

    [Fact]
    public void A_silo_whose_lease_ran_out_sends_nothing_until_it_has_another()
    {
        var tenant = New(rate: 100);
        using var gate = Gate(rate: 100);
        Share(tenant, gate, "a");
        _time.Advance(TenantDelivery.RegistrationLife);
        Assert.False(IsFree(gate));

        Share(tenant, gate, "a");

        Assert.True(IsFree(gate));
    }

    [Fact]
    public void Out_of_reach_of_its_tenant_a_silo_sends_nothing_once_its_terms_ran_out()
    {
        Share(_a);
        _time.Advance(TenantDelivery.TermsLife - TimeSpan.FromMilliseconds(1));
        Assert.True(IsFree(_a));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(IsFree(_a));

        Share(_a);
        Assert.True(IsFree(_a));
    }

    [Fact]
    public void A_pause_holds_once_every_silo_has_stopped_or_its_terms_ran_out()
    {
        Share(_a, _b);
        _time.Advance(TimeSpan.FromSeconds(2));
        _tenant.Pause(new ActMessage("key-1", "maintenance"));
        _a.Stop("demo", _tenant.Record.Turn);

        Assert.Equal(TimeSpan.Zero, _tenant.OthersMaySendFor(["a", "b"]));
        var left = _tenant.OthersMaySendFor(["a"]);
        Assert.Equal(TenantDelivery.TermsLife - TimeSpan.FromSeconds(2), left);
        Assert.True(IsFree(_b));
        _time.Advance(left);
        Assert.False(IsFree(_b));
    }

    [Fact]
    public void A_new_owner_of_the_tenants_state_waits_for_terms_that_its_predecessor_may_have_given()
    {
        var tenant = new TenantDelivery(null, rate: 0, alone: false, _time, Guid.Empty);

        Assert.Equal(TenantDelivery.TermsLife, tenant.OthersMaySendFor([]));
        _time.Advance(TenantDelivery.TermsLife);
        Assert.Equal(TimeSpan.Zero, tenant.OthersMaySendFor([]));
    }

    [Fact]
    public void The_silo_whose_guests_say_most_about_a_tenant_in_trouble_probes_it()
    {
        Share(_a, _b);
        _tenant.Take("a", new TenantReport { Raised = TenantTrouble.Misconfigured, Waiting = 1 }, out _);
        Assert.True(_tenant.Take("a", new TenantReport { Waiting = 1 }, out _).MayProbe);

        Assert.True(_tenant.Take("b", new TenantReport { Waiting = 1, Rank = ProbeRank.Counting }, out _).MayProbe);
        Assert.False(_tenant.Take("a", new TenantReport { Waiting = 1 }, out _).MayProbe);
    }

    [Fact]
    public void A_report_that_failed_is_sent_again()
    {
        Share(_a, _b);
        _a.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Misconfigured }, Witnesses.Another());
        _a.PutBack("demo", _a.TakeReport("demo"));

        Share(_a, _b);

        Assert.False(IsFree(_b));
    }

    [Fact]
    public void Refusals_that_a_person_has_forgiven_are_the_events_own()
    {
        _tenant.Resume();
        Share(_a);
        for (var refused = 0; refused < 100; refused++)
        {
            var report = _a.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Refused }, Witnesses.Another());
            Assert.Equal(AttemptOutcome.Refused, report.Outcome);
        }
    }

    private TenantDelivery New(double rate) => new(null, rate, alone: true, _time, Guid.NewGuid());

    private DeliveryGate Gate(int rate)
    {
        var options = new SessionsOptions { Tenants = { ["demo"] = new TenantOptions() } };
        options.Tenants["demo"].Delivery.RatePerSecond = rate;
        var gate = new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(options), _client, _time, NullLogger<DeliveryGate>.Instance);
        gate.Listen(_ => _called.Add(gate));
        return gate;
    }

    private void Share(params IEnumerable<DeliveryGate> gates)
    {
        foreach (var gate in gates)
            Share(_tenant, gate, gate == _a ? "a" : "b");
    }

    private void Share(TenantDelivery tenant, DeliveryGate gate, string silo)
    {
        var asked = _time.GetTimestamp();
        gate.Apply("demo", tenant.Take(silo, gate.TakeReport("demo"), out _), asked);
    }

    private static bool IsFree(DeliveryGate gate)
    {
        if (!gate.TryAcquire("demo", isRetry: false, isPublic: false, out var permit))
            return false;
        gate.Release(permit);
        return true;
    }

    private static int Drain(DeliveryGate gate)
    {
        var sent = 0;
        while (IsFree(gate))
            sent++;
        return sent;
    }

    /// <summary>Who has a permit; a granted one reaches its asker on another thread.</summary>
    private List<Waiter> Granted(List<Waiter> waiting)
    {
        var inFlight = _a.InFlight + _b.InFlight;
        Assert.True(SpinWait.SpinUntil(
            () => waiting.Count(static waiter => waiter.Permit.IsCompleted) == inFlight, Minute));
        return waiting.FindAll(static waiter => waiter.Permit.IsCompleted);
    }

    private sealed record Waiter(DeliveryGate Gate, Task<SendPermit> Permit)
    {
        public static Waiter At(DeliveryGate gate) =>
            new(gate, gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None));
    }
}
