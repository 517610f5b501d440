using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class SupportTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private GuestSession Session => _given.Session;

    private DeliveryStep Next => Decider.Next(Session, _given.Now);

    private long Hold(string eventId)
    {
        _given.Record(eventId, "ORDER_CHECKOUT");
        var sequence = _given.Send();
        _given.End(AttemptOutcome.InDoubt);
        return sequence;
    }

    [Fact]
    public void A_discarded_event_is_gone_for_good()
    {
        var refused = _given.Refuse("a");

        Assert.Equal(ActDecision.Done, _given.Do(Decider.Discard(Session, refused, _given.Act())));

        Assert.Equal((0, 1), (Session.SetAside.Count, Session.DiscardedCount));
        Assert.Equal(ActDecision.WrongState, _given.Do(Decider.Discard(Session, refused, _given.Act())));
        Assert.Equal(ActDecision.WrongState, _given.Redrive(refused));
    }

    [Fact]
    public void An_event_in_doubt_that_arrived_counts_as_delivered()
    {
        var held = Hold("a");

        Assert.Equal(ActDecision.Done, _given.Do(Decider.Resolve(Session, held, delivered: true, _given.Act())));

        Assert.Equal((0, 1), (Session.SetAside.Count, Session.DeliveredCount));
    }

    [Fact]
    public void An_event_in_doubt_that_did_not_arrive_stays_quarantined_and_can_be_redriven()
    {
        var held = Hold("a");

        Assert.Equal(ActDecision.Done, _given.Do(Decider.Resolve(Session, held, delivered: false, _given.Act())));

        var aside = Assert.Single(Session.SetAside.Events);
        Assert.Equal((false, EventCodes.NotDelivered), (aside.InDoubt, aside.Code));
        Assert.Equal(0, Session.SetAside.InDoubtCount);
        Assert.Equal(ActDecision.WrongState, _given.Do(Decider.Resolve(Session, held, delivered: false, _given.Act())));
        Assert.Equal(ActDecision.Done, _given.Redrive(held));
    }

    [Fact]
    public void A_line_that_waits_because_too_much_is_set_aside_goes_on_when_there_is_capacity()
    {
        var given = new Given(new SessionLimits { SetAsideEvents = 1 }).WithBrowserId();
        var refused = given.Refuse("a");
        given.Record("b");
        Assert.IsType<DeliveryStep.SetAsideFull>(Decider.Next(given.Session, given.Now));

        given.Do(Decider.Discard(given.Session, refused, given.Act()));

        Assert.IsType<DeliveryStep.Send>(Decider.Next(given.Session, given.Now));
    }

    [Fact]
    public void A_paused_guest_delivers_nothing_until_it_is_resumed()
    {
        _given.Record("a");
        Assert.True(_given.Do(Decider.Pause(Session, _given.Act("their shop is on fire"))));

        Assert.Equal("their shop is on fire", Assert.IsType<DeliveryStep.Paused>(Next).By.Reason);
        Assert.Null(_given.Do(Decider.Start(Session, _given.Now)));
        Assert.False(_given.Do(Decider.Pause(Session, _given.Act("another"))));
        Assert.Equal("their shop is on fire", Session.Pause!.Reason);

        Assert.True(_given.Do(Decider.Resume(Session, _given.Act())));
        Assert.False(_given.Do(Decider.Resume(Session, _given.Act())));
        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Fact]
    public void A_flush_does_not_override_a_pause()
    {
        _given.Record("a");
        _given.Do(Decider.Pause(Session, _given.Act()));

        _given.Do(Decider.Flush(Session, _given.Act()));

        Assert.IsType<DeliveryStep.Paused>(Next);
    }

    [Fact]
    public void What_was_on_its_way_when_the_guest_was_paused_is_still_settled()
    {
        _given.Record("a");
        _given.Send();
        _given.Do(Decider.Pause(Session, _given.Act()));

        Assert.True(_given.End(AttemptOutcome.Delivered));
    }

    [Fact]
    public void A_type_whose_policy_is_to_wait_stops_the_line_where_it_was_refused()
    {
        _given.OnRefusal = static type => type == "ADD" ? RefusalPolicy.Wait : RefusalPolicy.Skip;
        _given.Refuse("a");
        var refused = _given.Refuse("b", "ADD");
        _given.Record("c");

        Assert.IsType<DeliveryStep.RefusedWaits>(Next);
        Assert.Null(_given.Do(Decider.Start(Session, _given.Now)));

        _given.Redrive(refused);
        Assert.Equal(refused, _given.Send());
        _given.End(AttemptOutcome.Delivered);
        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Fact]
    public void An_event_that_came_with_a_public_key_never_makes_its_line_wait()
    {
        _given.OnRefusal = static _ => RefusalPolicy.Wait;
        _given.FromPublicKey = true;
        _given.Refuse("junk");
        _given.FromPublicKey = false;
        _given.Record("own");

        Assert.IsType<DeliveryStep.Send>(Next);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void An_event_with_a_public_key_that_the_upstream_fails_at_leaves_the_line_while_others_are_accepted(
        bool fromPublicKey, bool othersAreAccepted, bool leaves)
    {
        _given.FromPublicKey = fromPublicKey;
        _given.OthersAreAccepted = othersAreAccepted;
        _given.Record("poison");
        for (var tries = 0; tries < DeliveryPolicy.MostAttemptsFromPublicKey; tries++)
        {
            Assert.Equal(1, Session.Line.Count);
            Fail(AttemptOutcome.InDoubt);
        }

        Assert.Equal(leaves ? 0 : 1, Session.Line.Count);
        Assert.Equal(leaves ? 1 : 0, Session.SetAside.InDoubtCount);
    }

    [Fact]
    public void An_event_whose_attempts_are_used_up_is_quarantined()
    {
        _given.MaxAttempts = 2;
        _given.Record("a");
        _given.Record("b");
        Fail(AttemptOutcome.NotApplied);
        Fail(AttemptOutcome.NotApplied);

        var aside = Assert.Single(Session.SetAside.Events);
        Assert.Equal(("a", false, EventCodes.AttemptsExhausted), (aside.Event.EventId, aside.InDoubt, aside.Code));
        Assert.Equal(["b"], _given.LineIds);
    }

    [Fact]
    public void One_that_may_have_arrived_is_in_doubt_when_its_attempts_are_used_up()
    {
        _given.MaxAttempts = 2;
        _given.Record("a");
        Fail(AttemptOutcome.InDoubt);
        Fail(AttemptOutcome.NotApplied);

        Assert.True(Assert.Single(Session.SetAside.Events).InDoubt);
    }

    [Fact]
    public void What_never_left_or_met_a_wrong_tenant_uses_no_attempt_up()
    {
        _given.MaxAttempts = 1;
        _given.Record("a");
        Fail(AttemptOutcome.Unsent);
        Fail(AttemptOutcome.Misconfigured);

        Assert.Equal(["a"], _given.LineIds);
    }

    [Fact]
    public void An_event_that_waited_too_long_is_set_aside_instead_of_being_sent()
    {
        _given.Record("a");
        _given.Now += TimeSpan.FromMinutes(59);
        _given.Record("b");
        _given.Now += TimeSpan.FromMinutes(2);

        Assert.Equal(1, _given.Do(Decider.Expire(Session, _given.Now, TimeSpan.FromHours(1))));
        Assert.Equal(0, _given.Do(Decider.Expire(Session, _given.Now, TimeSpan.FromHours(1))));
        Assert.Equal(0, _given.Do(Decider.Expire(Session, _given.Now, TimeSpan.Zero)));

        Assert.Equal(EventCodes.TooOld, Assert.Single(Session.SetAside.Events).Code);
        Assert.Equal(["b"], _given.LineIds);
    }

    [Fact]
    public void The_age_of_a_redriven_event_begins_anew()
    {
        var refused = _given.Refuse("a");
        _given.Now += TimeSpan.FromDays(1);
        _given.Redrive(refused);

        Assert.Equal(0, _given.Do(Decider.Expire(Session, _given.Now, TimeSpan.FromHours(1))));
    }

    private void Fail(AttemptOutcome outcome)
    {
        _given.Send();
        _given.End(outcome);
        _given.Now += TimeSpan.FromMinutes(5);
    }
}
