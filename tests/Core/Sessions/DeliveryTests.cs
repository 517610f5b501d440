using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class DeliveryTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private DeliveryStep Next => Decider.Next(_given.Session, _given.Now);

    private GuestSession Session => _given.Session;

    [Fact]
    public void An_empty_line_has_nothing_to_send() => Assert.IsType<DeliveryStep.Idle>(Next);

    [Fact]
    public void A_guest_without_a_browser_id_needs_one_first()
    {
        var given = new Given();
        given.Record("a");
        Assert.IsType<DeliveryStep.NeedBrowserId>(Decider.Next(given.Session, given.Now));
        Assert.Null(given.Do(Decider.Start(given.Session, given.Now)));

        given.WithBrowserId();

        Assert.IsType<DeliveryStep.Send>(Decider.Next(given.Session, given.Now));
    }

    [Fact]
    public void An_event_with_a_browser_id_of_its_own_needs_no_other()
    {
        var given = new Given();
        given.Record("a", browserId: "11111111-2222-4333-8444-555555555555");

        var send = Assert.IsType<DeliveryStep.Send>(Decider.Next(given.Session, given.Now));
        Assert.Equal("11111111-2222-4333-8444-555555555555", send.BrowserId);
    }

    [Fact]
    public void A_refused_request_for_a_browser_id_backs_off()
    {
        var given = new Given();
        given.Record("a");
        var report = new AttemptReport { Outcome = AttemptOutcome.NotApplied, Error = "connect_failed" };
        given.Do(Decider.PostponeBrowserId(given.Session, report, given.Now, chance: 0.5));

        var wait = Assert.IsType<DeliveryStep.Wait>(Decider.Next(given.Session, given.Now));
        Assert.Equal(given.Now + TimeSpan.FromMilliseconds(250), wait.Until);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-24)]
    public void A_back_off_that_was_written_by_a_clock_since_set_back_is_over(int hours)
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.NotApplied, retryAfter: DeliveryPolicy.LongestRetryAfter, chance: 0.99);
        Assert.IsType<DeliveryStep.Wait>(Next);

        _given.Now += TimeSpan.FromHours(hours);

        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Fact]
    public void A_guest_keeps_its_first_browser_id() =>
        Assert.Empty(Decider.AssignBrowserId(Session, "another", null, _given.Now).Events);

    [Fact]
    public void One_event_is_in_flight_at_a_time()
    {
        _given.Record("a");
        _given.Record("b");
        Assert.Equal(1, _given.Send());

        Assert.IsType<DeliveryStep.AwaitOutcome>(Next);
        Assert.Null(_given.Do(Decider.Start(Session, _given.Now)));
    }

    [Fact]
    public void A_delivered_event_leaves_the_line_and_the_next_can_go()
    {
        _given.Record("a");
        _given.Record("b");
        _given.SendAndDeliver();

        Assert.Equal(["b"], _given.LineIds);
        Assert.Equal(1, Session.DeliveredCount);
        Assert.Equal(2, _given.Send());
    }

    [Fact]
    public void What_was_not_applied_is_tried_again_in_place()
    {
        _given.Record("a");
        _given.Record("b");
        _given.Send();
        _given.End(AttemptOutcome.NotApplied);

        Assert.Equal(["a", "b"], _given.LineIds);
        Assert.False(Session.Line.Head!.PossiblyDuplicate);
        var wait = Assert.IsType<DeliveryStep.Wait>(Next);
        _given.Now = wait.Until;
        Assert.Equal(1, _given.Send());
        Assert.Equal(2, Session.Open!.Attempt);
    }

    [Fact]
    public void Retry_after_is_waited_out()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.NotApplied, retryAfter: TimeSpan.FromSeconds(30));

        var wait = Assert.IsType<DeliveryStep.Wait>(Next);
        Assert.InRange(wait.Until - _given.Now, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public void A_refused_event_is_quarantined_and_the_line_goes_on()
    {
        _given.Record("a");
        _given.Record("b");
        _given.Send();
        _given.End(AttemptOutcome.Refused);

        Assert.Equal(["b"], _given.LineIds);
        var aside = Assert.Single(Session.SetAside.Events);
        Assert.Equal(("a", false, EventCodes.UpstreamRefused), (aside.Event.EventId, aside.InDoubt, aside.Code));
        Assert.Equal(2, _given.Send());
    }

    [Fact]
    public void A_misconfigured_tenant_costs_no_event_and_no_back_off()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.Misconfigured);

        Assert.Empty(Session.SetAside.Events);
        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Fact]
    public void A_start_that_never_left_is_free_to_go_again()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.Unsent);

        Assert.IsType<DeliveryStep.Send>(Next);
        Assert.False(Session.Line.Head!.PossiblyDuplicate);
    }

    [Theory]
    [InlineData("VIEW")]
    [InlineData("ADD")]
    [InlineData("IDENTITY")]
    [InlineData("SADDLE_FITTED")]
    [InlineData("CHECKOUT")]
    public void An_event_in_doubt_is_sent_again_and_marked(string type)
    {
        _given.Record("a", type);
        _given.Send();
        _given.End(AttemptOutcome.InDoubt);

        Assert.True(Session.Line.Head!.PossiblyDuplicate);
        Assert.IsType<DeliveryStep.Wait>(Next);
    }

    [Theory]
    [InlineData("CHECKOUT")]
    [InlineData("PAYMENT")]
    public void An_order_event_in_doubt_is_held_once_its_session_is_over(string type)
    {
        _given.Record("a", type);
        _given.Record("b");
        _given.Now += TimeSpan.FromMinutes(20);
        _given.Send();
        _given.End(AttemptOutcome.InDoubt);

        Assert.True(Assert.Single(Session.SetAside.Events).InDoubt);
        Assert.Equal(["b"], _given.LineIds);
    }

    [Fact]
    public void An_order_in_doubt_is_held_and_the_line_goes_on()
    {
        _given.Record("a", "ORDER_CHECKOUT");
        _given.Record("b");
        _given.Send();
        _given.End(AttemptOutcome.InDoubt);

        Assert.True(Assert.Single(Session.SetAside.Events).InDoubt);
        Assert.Equal(2, _given.Send());
    }

    [Fact]
    public void The_tenant_can_choose_another_policy_for_a_type()
    {
        _given.Policy = _ => InDoubtPolicy.Hold;
        _given.Record("a", "VIEW");
        _given.Send();
        _given.End(AttemptOutcome.InDoubt);

        Assert.Single(Session.SetAside.Events);
    }

    [Fact]
    public void An_outcome_that_is_offered_again_appends_nothing()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.Delivered);
        var history = _given.History.Count;

        Assert.False(_given.End(1, 1, AttemptOutcome.Delivered));
        Assert.Equal(history, _given.History.Count);
    }

    [Fact]
    public void A_flush_skips_the_back_off_once()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.NotApplied);
        _given.Do(Decider.Flush(Session, _given.Act()));
        _given.Send();
        _given.End(AttemptOutcome.NotApplied);

        Assert.IsType<DeliveryStep.Wait>(Next);
    }
}
