using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.Grains.Delivery;
using GuestSessions.Grains.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests;

/// <summary>A tenant in trouble or paused: what counts, who is tried, and what leaves.</summary>
public sealed class DeliveryGateTroubleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeStreamClient _client = new();
    private readonly SessionsOptions _options = new() { Tenants = { ["demo"] = new TenantOptions() } };

    private DeliveryGate Gate(int inFlight = 2)
    {
        _options.Delivery.InFlight = inFlight;
        _options.Tenants["demo"].Delivery.Concurrency = 100;
        return new DeliveryGate(
            Microsoft.Extensions.Options.Options.Create(_options), _client, _time, NullLogger<DeliveryGate>.Instance);
    }

    private static SendPermit Take(DeliveryGate gate)
    {
        Assert.True(gate.TryAcquire("demo", isRetry: false, isPublic: false, out var permit));
        return permit;
    }

    private static bool IsFree(DeliveryGate gate)
    {
        if (!gate.TryAcquire("demo", isRetry: false, isPublic: false, out var permit))
            return false;
        gate.Release(permit);
        return true;
    }

    private static AttemptReport Observe(DeliveryGate gate, AttemptOutcome outcome) =>
        Observe(gate, new AttemptReport { Outcome = outcome }, Witnesses.Another());

    private static AttemptReport Observe(DeliveryGate gate, AttemptReport report, Witness witness) =>
        gate.Observe("demo", report, witness);

    private static AttemptReport Refused(bool own = false) => new()
    {
        Outcome = AttemptOutcome.Refused,
        Status = own ? 404 : 400,
        IsEventsOwn = own,
    };

    [Fact]
    public async Task A_misconfigured_tenant_is_tried_once_a_minute_until_the_upstream_accepts_an_event()
    {
        using var gate = Gate();
        Observe(gate, AttemptOutcome.Misconfigured);
        Assert.False(IsFree(gate));
        var waiting = gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None);
        _time.Advance(Minute);
        var probe = await waiting.WaitAsync(Minute);
        Assert.False(IsFree(gate));

        Observe(gate, AttemptOutcome.Misconfigured);
        gate.Release(probe);
        Assert.False(IsFree(gate));
        _time.Advance(Minute);
        probe = Take(gate);
        Observe(gate, AttemptOutcome.Delivered);

        Assert.True(IsFree(gate));
        gate.Release(probe);
    }

    [Fact]
    public void A_tenant_whose_events_are_mostly_refused_is_paused_instead_of_emptied_into_quarantine()
    {
        using var gate = Gate();
        for (var delivered = 0; delivered < 10; delivered++)
            Observe(gate, AttemptOutcome.Delivered);
        for (var refused = 0; refused < 10; refused++)
            Assert.Equal(AttemptOutcome.Refused, Observe(gate, AttemptOutcome.Refused).Outcome);

        Assert.Equal(AttemptOutcome.Misconfigured, Observe(gate, AttemptOutcome.Refused).Outcome);
        Assert.False(IsFree(gate));
    }

    [Fact]
    public void A_few_refusals_are_the_events_own()
    {
        using var gate = Gate();
        for (var refused = 0; refused < 19; refused++)
            Assert.Equal(AttemptOutcome.Refused, Observe(gate, AttemptOutcome.Refused).Outcome);

        Assert.True(IsFree(gate));
    }

    [Fact]
    public async Task Refused_events_of_strangers_pause_nobody_and_are_quarantined_one_by_one()
    {
        using var gate = Gate();
        for (var junk = 0; junk < 400; junk++)
        {
            var witness = junk % 2 == 0 ? Witnesses.Stranger() : Witnesses.Visitor();
            Assert.Equal(AttemptOutcome.Refused, Observe(gate, Refused(own: junk % 3 == 0), witness).Outcome);
        }

        gate.Release(await gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None));
    }

    [Fact]
    public void Refusals_that_are_certainly_the_events_own_pause_nobody()
    {
        using var gate = Gate();
        for (var unknown = 0; unknown < 400; unknown++)
            Assert.Equal(AttemptOutcome.Refused, Observe(gate, Refused(own: true), Witnesses.Another()).Outcome);

        Assert.True(IsFree(gate));
    }

    [Fact]
    public void Guests_that_never_had_a_delivery_pause_nobody()
    {
        using var gate = Gate();
        for (var refused = 0; refused < 400; refused++)
            Assert.Equal(AttemptOutcome.Refused, Observe(gate, Refused(), Witnesses.New()).Outcome);

        Assert.True(IsFree(gate));
    }

    [Fact]
    public void A_guest_counts_once_however_many_of_its_events_are_refused()
    {
        using var gate = Gate();
        for (var guest = 0; guest < 19; guest++)
        {
            var witness = Witnesses.Another();
            for (var refused = 0; refused < 100; refused++)
                Assert.Equal(AttemptOutcome.Refused, Observe(gate, Refused(), witness).Outcome);
        }

        Assert.True(IsFree(gate));
        Assert.Equal(AttemptOutcome.Misconfigured, Observe(gate, Refused(), Witnesses.Another()).Outcome);
    }

    [Fact]
    public void Junk_beside_them_does_not_hide_that_the_guests_that_count_are_refused()
    {
        using var gate = Gate();
        for (var guest = 0; guest < 19; guest++)
        {
            Observe(gate, Refused(), Witnesses.Another());
            for (var delivered = 0; delivered < 10; delivered++)
                Observe(gate, new AttemptReport { Outcome = AttemptOutcome.Delivered }, Witnesses.Stranger());
        }

        Assert.Equal(AttemptOutcome.Misconfigured, Observe(gate, Refused(), Witnesses.Another()).Outcome);
    }

    [Fact]
    public async Task A_tenant_in_trouble_is_tried_with_a_guest_that_counts_however_many_others_wait_before_it()
    {
        using var gate = Gate(inFlight: 100);
        Observe(gate, AttemptOutcome.Misconfigured);
        var strangers = Enumerable.Range(0, 500).Select(_ =>
            gate.AcquireAsync("demo", isRetry: false, ProbeRank.Public, CancellationToken.None)).ToList();
        var counting = gate.AcquireAsync("demo", isRetry: true, ProbeRank.Counting, CancellationToken.None);
        _time.Advance(Minute);

        await counting.WaitAsync(Minute);
        Assert.DoesNotContain(strangers, static stranger => stranger.IsCompleted);
    }

    [Fact]
    public async Task A_probe_that_says_nothing_of_the_tenant_is_followed_by_the_next_at_once()
    {
        using var gate = Gate(inFlight: 100);
        Observe(gate, AttemptOutcome.Misconfigured);
        _time.Advance(Minute);
        var probe = Take(gate);
        Assert.Equal(AttemptOutcome.Refused, Observe(gate, Refused(own: true), Witnesses.Stranger()).Outcome);
        gate.Release(probe);

        Observe(gate, AttemptOutcome.Delivered);
        gate.Release(await gate.AcquireAsync("demo", isRetry: false, ProbeRank.Counting, CancellationToken.None));
    }

    [Fact]
    public void In_trouble_a_permit_is_not_kept_for_the_guests_next_event()
    {
        using var gate = Gate();
        Observe(gate, AttemptOutcome.Misconfigured);
        _time.Advance(Minute);
        var probe = Take(gate);
        _time.Advance(Minute);

        Assert.False(gate.TryRenew(probe, isPublic: false, out _));
    }

    [Fact]
    public void A_strangers_answer_holds_the_tenant_only_where_the_upstream_asks_all_of_its_callers_to_wait()
    {
        using var gate = Gate();
        var wait = new AttemptReport { Outcome = AttemptOutcome.NotApplied, RetryAfter = Minute };
        Observe(gate, wait with { Outcome = AttemptOutcome.Refused, Status = 400 }, Witnesses.Stranger());
        Assert.True(IsFree(gate));

        Observe(gate, wait with { Status = 429 }, Witnesses.Stranger());
        Assert.False(IsFree(gate));
    }

    [Fact]
    public void A_paused_tenant_lets_nothing_leave_that_has_its_permit_already()
    {
        using var gate = Gate();
        gate.Listen(static _ => { });
        gate.Apply("demo", new TenantTerms(), _time.GetTimestamp());
        var (sending, waiting) = (Take(gate), Take(gate));
        Assert.True(gate.TryBeginSend(sending));

        Assert.Equal(1, gate.Stop("demo", turn: 1));

        Assert.False(gate.TryBeginSend(waiting));
        gate.EndSend(sending);
        Assert.Equal(0, gate.Stop("demo", turn: 1));
    }

    [Fact]
    public void Terms_from_before_a_pause_do_not_end_it()
    {
        using var gate = Gate();
        gate.Listen(static _ => { });
        gate.Apply("demo", new TenantTerms(), _time.GetTimestamp());
        gate.Stop("demo", turn: 1);
        gate.Apply("demo", new TenantTerms(), _time.GetTimestamp());
        Assert.False(IsFree(gate));

        gate.Apply("demo", new TenantTerms { Turn = 2 }, _time.GetTimestamp());
        Assert.True(IsFree(gate));
        gate.Stop("demo", turn: 1);
        Assert.True(IsFree(gate));
    }

    [Fact]
    public void Refusals_of_more_than_a_minute_ago_do_not_count()
    {
        using var gate = Gate();
        for (var refused = 0; refused < 19; refused++)
            Observe(gate, AttemptOutcome.Refused);
        _time.Advance(Minute + TimeSpan.FromSeconds(1));

        Assert.Equal(AttemptOutcome.Refused, Observe(gate, AttemptOutcome.Refused).Outcome);
    }

    [Fact]
    public void A_probe_that_is_refused_for_itself_ends_a_pause_for_credentials()
    {
        using var gate = Gate();
        Observe(gate, AttemptOutcome.Misconfigured);
        Assert.Equal(AttemptOutcome.Refused, Observe(gate, AttemptOutcome.Refused).Outcome);

        Assert.True(IsFree(gate));
    }
}
