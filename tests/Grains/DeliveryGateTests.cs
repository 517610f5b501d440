using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

public sealed class DeliveryGateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeStreamClient _client = new();
    private readonly SessionsOptions _options = new()
    {
        Tenants = { ["demo"] = new TenantOptions(), ["other"] = new TenantOptions() },
    };

    private DeliveryGate Gate(int inFlight = 2, int concurrency = 100, int rate = 0)
    {
        _options.Delivery.InFlight = inFlight;
        _options.Tenants["demo"].Delivery.Concurrency = concurrency;
        _options.Tenants["demo"].Delivery.RatePerSecond = rate;
        return new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(_options), _client, _time, NullLogger<DeliveryGate>.Instance);
    }

    private static SendPermit Take(DeliveryGate gate, string tenant = "demo")
    {
        Assert.True(gate.TryAcquire(tenant, isRetry: false, isPublic: false, out var permit));
        return permit;
    }

    private static SendPermit Renew(DeliveryGate gate, SendPermit permit)
    {
        Assert.True(gate.TryRenew(permit, isPublic: false, out var renewed));
        return renewed;
    }

    private static bool IsFree(DeliveryGate gate, string tenant = "demo")
    {
        if (!gate.TryAcquire(tenant, isRetry: false, isPublic: false, out var permit))
            return false;
        gate.Release(permit);
        return true;
    }

    private static AttemptReport Observe(DeliveryGate gate, AttemptOutcome outcome, TimeSpan? retryAfter = null) =>
        gate.Observe("demo", new AttemptReport { Outcome = outcome, RetryAfter = retryAfter }, Witnesses.Another());

    [Fact]
    public void Requests_in_flight_are_bounded_over_the_silo()
    {
        using var gate = Gate(inFlight: 2);
        Take(gate);
        var second = Take(gate, "other");
        Assert.False(gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));

        gate.Release(second);

        Assert.True(IsFree(gate));
    }

    [Fact]
    public void Requests_in_flight_are_bounded_over_a_tenant()
    {
        using var gate = Gate(inFlight: 10, concurrency: 1);
        Take(gate);

        Assert.False(IsFree(gate));
        Assert.True(IsFree(gate, "other"));
    }

    [Fact]
    public async Task Who_waits_is_served_before_who_comes_later()
    {
        using var gate = Gate(inFlight: 1);
        var held = Take(gate);
        var first = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        var second = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        gate.Release(held);

        await first.WaitAsync(Minute);
        Assert.False(second.IsCompleted);
        Assert.False(gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));
    }

    [Fact]
    public async Task Tenants_take_turns()
    {
        using var gate = Gate(inFlight: 1);
        var held = Take(gate);
        var demo = Enumerable.Range(0, 2).Select(_ => gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None)).ToList();
        var other = gate.AcquireAsync("other", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        gate.Release(held);
        gate.Release(await demo[0]);

        Assert.Equal("other", (await other.WaitAsync(Minute)).Tenant);
        Assert.False(demo[1].IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_costs_no_slot()
    {
        using var gate = Gate(inFlight: 1);
        var held = Take(gate);
        using var patience = new CancellationTokenSource();
        var waiting = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Release(held);

        Assert.True(IsFree(gate));
        Assert.Equal(0, gate.InFlight);
    }

    [Fact]
    public async Task Guests_that_come_and_leave_behind_one_that_waits_leave_nothing_behind()
    {
        using var gate = Gate(inFlight: 1);
        _ = Take(gate);
        using var stays = new CancellationTokenSource();
        var first = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, stays.Token);
        for (var guest = 0; guest < 100; guest++)
        {
            using var patience = new CancellationTokenSource();
            var waiting = gate.AcquireAsync("demo", isRetry: guest % 2 == 0, ProbeRank.Counting, patience.Token);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.False(first.IsCompleted);
        Assert.Equal(1, gate.TakeReport("demo").Waiting);
        await stays.CancelAsync();
    }

    [Fact]
    public async Task After_sixteen_in_a_row_a_permit_goes_to_the_next_guest()
    {
        using var gate = Gate(inFlight: 1);
        var permit = Take(gate);
        var next = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);

        for (var sent = 1; sent < DeliveryGate.LongestStreak; sent++)
            permit = Renew(gate, permit);
        Assert.False(gate.TryRenew(permit, isPublic: false, out _));
        Assert.False(next.IsCompleted);
        gate.Release(permit);
        await next.WaitAsync(Minute);
    }

    [Fact]
    public void A_permit_that_was_renewed_cannot_be_given_back_any_more()
    {
        using var gate = Gate(inFlight: 1);
        var first = Take(gate);
        var second = Renew(gate, first);
        gate.Release(first);
        Assert.False(gate.TryRenew(first, isPublic: false, out _));
        Assert.Equal(1, gate.InFlight);

        gate.Release(second);
        gate.Release(second);
        Assert.Equal(0, gate.InFlight);
    }

    [Fact]
    public void A_guest_alone_keeps_its_permit()
    {
        using var gate = Gate(inFlight: 1);
        var permit = Take(gate);

        for (var sent = 0; sent < 10 * DeliveryGate.LongestStreak; sent++)
            permit = Renew(gate, permit);
    }

    [Fact]
    public async Task Retry_after_holds_the_whole_tenant_and_nobody_else()
    {
        using var gate = Gate();
        Observe(gate, AttemptOutcome.NotApplied, TimeSpan.FromSeconds(30));
        var waiting = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        Assert.True(IsFree(gate, "other"));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await waiting.WaitAsync(Minute);
    }

    [Fact]
    public void A_shorter_retry_after_does_not_shorten_a_longer_one()
    {
        using var gate = Gate();
        Observe(gate, AttemptOutcome.NotApplied, TimeSpan.FromSeconds(30));
        Observe(gate, AttemptOutcome.NotApplied, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(29));

        Assert.False(IsFree(gate));
    }

    [Fact]
    public async Task An_open_circuit_lets_one_probe_through_when_its_time_has_come()
    {
        using var gate = Gate();
        _client.Status = new CircuitStatus(CircuitState.Open, TimeSpan.FromSeconds(5));
        var waiting = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _client.Status = new CircuitStatus(CircuitState.Open, TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(5));
        var probe = await waiting.WaitAsync(Minute);

        Assert.False(IsFree(gate));
        _client.Status = default;
        gate.Release(probe);
        Assert.True(IsFree(gate));
    }

    [Fact]
    public async Task The_rate_is_kept_over_any_second_but_for_a_small_burst()
    {
        using var gate = Gate(inFlight: 1_000, concurrency: 1_000, rate: 100);
        var sent = 0;
        for (var tick = 0; tick < 500; tick++)
        {
            while (gate.TryAcquire("demo", isRetry: false, isPublic: false, out var permit))
            {
                gate.Release(permit);
                sent++;
            }

            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(sent, 490, 530);
        var waiting = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        await waiting.WaitAsync(Minute);
    }

    [Fact]
    public async Task Draining_grants_nothing_more_and_waits_for_what_is_in_flight()
    {
        using var gate = Gate();
        var permit = Take(gate);
        var drained = gate.DrainAsync(CancellationToken.None);
        Assert.False(drained.IsCompleted);
        Assert.False(gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));

        Assert.False(gate.TryRenew(permit, isPublic: false, out _));
        Assert.False(drained.IsCompleted);

        gate.Release(permit);
        await drained.WaitAsync(Minute);
    }
}
