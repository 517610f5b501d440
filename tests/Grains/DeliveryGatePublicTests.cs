using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>Anybody can send events with a public key, also such at which an upstream hangs: backends keep their part.</summary>
public sealed class DeliveryGatePublicTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SessionsOptions _options = new()
    {
        Tenants = { ["demo"] = new TenantOptions(), ["other"] = new TenantOptions() },
    };

    [Fact]
    public void Public_events_leave_half_of_the_requests_in_flight_to_backends()
    {
        using var gate = Gate(inFlight: 4);
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: true, out _));
        Assert.True(gate.TryAcquire("other", isRetry: false, isPublic: true, out var second));
        Assert.False(gate.TryAcquire("demo", isRetry: false, isPublic: true, out _));
        Assert.Equal(WaitCode.Turn, gate.ObstacleOf("demo", isPublic: true)?.Code);
        Assert.Null(gate.ObstacleOf("demo", isPublic: false));

        Take(gate);
        Take(gate);
        gate.Release(second);
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: true, out _));
    }

    [Fact]
    public void Public_events_leave_half_of_a_tenants_requests_to_its_backends()
    {
        using var gate = Gate(inFlight: 100, concurrency: 2);
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: true, out _));
        Assert.False(gate.TryAcquire("demo", isRetry: false, isPublic: true, out _));

        Take(gate);
    }

    [Fact]
    public async Task A_backends_event_waits_for_no_public_one_whose_share_is_used_up()
    {
        using var gate = Gate(inFlight: 4);
        for (var sent = 0; sent < 2; sent++)
            Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: true, out _));
        var waiting = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Public, CancellationToken.None);

        Take(gate);
        gate.Release(await gate.AcquireAsync("demo", isRetry: false, ProbeRank.Backend, CancellationToken.None).WaitAsync(Minute));
        Assert.False(waiting.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_permit_for_a_backends_event_is_not_kept_for_a_public_one_nor_the_other_way_round(bool isPublic)
    {
        using var gate = Gate(inFlight: 4);
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic, out var permit));

        Assert.False(gate.TryRenew(permit, !isPublic, out _));
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task A_sender_with_many_guests_makes_others_wait_for_one_of_them_only()
    {
        using var gate = Gate(inFlight: 2);
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: true, out var first));
        var order = new List<int>();
        var all = new List<Task>();
        foreach (var sender in Enumerable.Repeat(1, 20).Concat([2, 3]))
            all.Add(PassAsync(sender));
        gate.Release(first);
        await Task.WhenAll(all).WaitAsync(Minute);

        Assert.Equal([1, 2, 3, 1], order[..4]);

        async Task PassAsync(int sender)
        {
            var granted = await gate.AcquireAsync("demo", isRetry: false, ProbeRank.Public, CancellationToken.None, sender);
            lock (order)
                order.Add(sender);
            gate.Release(granted);
        }
    }

    [Fact]
    public async Task A_guest_that_gives_up_waiting_leaves_its_senders_turn_to_the_next()
    {
        using var gate = Gate(inFlight: 2);
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: true, out var first));
        using var leaves = new CancellationTokenSource();
        var gone = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Public, leaves.Token, sender: 1);
        var next = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Public, CancellationToken.None, sender: 1);
        var last = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Public, CancellationToken.None, sender: 2);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        gate.Release(first);
        gate.Release(await next.WaitAsync(Minute));
        gate.Release(await last.WaitAsync(Minute));
        Assert.Equal(0, gate.InFlight);
    }

    [Fact]
    public async Task While_events_of_backends_wait_public_ones_get_a_quarter_of_the_permits()
    {
        using var gate = Gate(inFlight: 1);
        var permit = Take(gate);
        var order = new List<bool>();
        var all = new List<Task>();
        foreach (var rank in Enumerable.Repeat(ProbeRank.Public, 20).Concat(Enumerable.Repeat(ProbeRank.Counting, 12)))
            all.Add(PassAsync(rank));
        gate.Release(permit);
        await Task.WhenAll(all).WaitAsync(Minute);

        Assert.Equal(4, order[..16].Count(static isPublic => isPublic));

        async Task PassAsync(ProbeRank rank)
        {
            var granted = await gate.AcquireAsync("demo", isRetry: false, rank, CancellationToken.None);
            lock (order)
                order.Add(granted.IsPublic);
            gate.Release(granted);
        }
    }

    private DeliveryGate Gate(int inFlight, int concurrency = 100)
    {
        _options.Delivery.InFlight = inFlight;
        _options.Tenants["demo"].Delivery.Concurrency = concurrency;
        return new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(_options), new FakeStreamClient(), new FakeTimeProvider(),
            NullLogger<DeliveryGate>.Instance);
    }

    private static SendPermit Take(DeliveryGate gate)
    {
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: false, out var permit));
        return permit;
    }
}
