using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Tenants;

namespace GuestSessions.Grains.Tests;

/// <summary>What is said of events that do not move.</summary>
public sealed class WaitsTests
{
    private readonly Fixture _one = new();

    private WaitView? Line => LineOf(_one);

    [Fact]
    public void A_line_without_events_waits_for_nothing() => Assert.Null(Line);

    [Fact]
    public void The_head_that_is_on_its_way_is_sending_and_the_next_one_waits_behind_it()
    {
        Record("a", "b");

        Assert.Equal(WaitCode.Sending, Line!.Code);
        var behind = Behind(Line);
        Assert.Equal((WaitCode.EarlierEvent, 1L), (behind!.Code, behind.Behind));
    }

    [Fact]
    public void A_failed_attempt_backs_off_until_a_time()
    {
        Record("a");
        _one.Client.Answer(AttemptOutcome.NotApplied);
        _one.Journal.Finish();

        Assert.Equal(WaitCode.BackOff, Line!.Code);
        Assert.Equal(_one.Read(static state => state.Line.Head!.RetryAt), Line.Until);
    }

    [Fact]
    public void A_hold_of_the_tenant_is_the_reason_of_each_event_whatever_its_guest_waits_for()
    {
        Record("a", "b");
        _one.Client.Answer(AttemptOutcome.NotApplied);
        _one.Journal.Finish();
        _one.Gate.Observe(
            "demo",
            new AttemptReport { Outcome = AttemptOutcome.NotApplied, RetryAfter = TimeSpan.FromMinutes(1) },
            Witnesses.Another());

        Assert.Equal(new WaitView(WaitCode.RetryAfter, _one.Time.GetUtcNow().AddMinutes(1)), Line);
        Assert.Equal(Line, Behind(Line));
    }

    [Fact]
    public void Trouble_names_the_upstreams_status_and_the_next_try()
    {
        _one.Gate.Observe("demo", new AttemptReport { Outcome = AttemptOutcome.Misconfigured, Status = 401 }, Witnesses.Another());
        Record("a");

        Assert.Equal(
            new WaitView(WaitCode.UpstreamMisconfigured, _one.Time.GetUtcNow() + TenantDelivery.ProbeInterval) { Status = 401 },
            Line);
    }

    [Fact]
    public void An_open_circuit_is_named_until_it_is_tried()
    {
        _one.Client.Status = new CircuitStatus(CircuitState.Open, TimeSpan.FromSeconds(5));
        Record("a");

        Assert.Equal(new WaitView(WaitCode.CircuitOpen, _one.Time.GetUtcNow().AddSeconds(5)), Line);
    }

    [Fact]
    public void A_silo_without_terms_says_so_and_one_of_a_paused_tenant_that_it_is_paused()
    {
        _one.Gate.Listen(static _ => { });
        Record("a");
        Assert.Equal(WaitCode.NoTerms, Line!.Code);

        _one.Gate.Apply("demo", new TenantTerms { Paused = true }, _one.Time.GetTimestamp());
        Assert.Equal(WaitCode.TenantPaused, Line!.Code);
    }

    [Fact]
    public void A_guests_own_pause_comes_before_what_its_tenant_waits_for()
    {
        _one.Client.Status = new CircuitStatus(CircuitState.Open, TimeSpan.FromSeconds(5));
        Record("a");
        _ = _one.Guest.EnterAsync(work => work.Do(
            Decider.Pause(work.State, new PersonAct("support-7", _one.Time.GetUtcNow(), "asked for"))));
        _one.Journal.FinishAll();

        Assert.Equal(WaitCode.Paused, Line!.Code);
    }

    [Fact]
    public void An_event_without_a_permit_waits_for_its_turn()
    {
        var one = new Fixture(inFlight: 1);
        Assert.True(one.Gate.TryAcquire("demo", isRetry: false, isPublic: false, out _));
        _ = one.Record("a");
        one.Journal.Finish();

        Assert.Equal(new WaitView(WaitCode.Turn), LineOf(one));
    }

    private static WaitView? LineOf(Fixture one) => one.Read(
        state => Waits.OfLine(state, one.Time.GetUtcNow(), one.Gate.ObstacleOf("demo", isPublic: false)));

    /// <summary>What the second event waits for.</summary>
    private WaitView? Behind(WaitView? line) => _one.Read(state => Waits.OfEvent(state, 2, line));

    private void Record(params string[] ids)
    {
        foreach (var id in ids)
        {
            _ = _one.Record(id);
            _one.Journal.Finish();
        }
    }
}
