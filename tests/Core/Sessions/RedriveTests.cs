using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class RedriveTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private GuestSession Session => _given.Session;

    [Fact]
    public void A_redriven_event_goes_to_the_head_of_the_line_marked_late()
    {
        var refused = _given.Refuse("a");
        _given.Record("b");
        _given.Record("c");

        Assert.Equal(ActDecision.Done, _given.Redrive(refused));

        Assert.Equal(["a", "b", "c"], _given.LineIds);
        Assert.True(Session.Line.Head!.Event.Late);
        Assert.Empty(Session.SetAside.Events);
        Assert.Equal(refused, _given.Send());
        Assert.Equal(2, Session.Open!.Attempt);
    }

    [Fact]
    public void That_an_event_came_with_a_public_key_outlives_a_snapshot_a_redrive_and_a_replay()
    {
        _given.FromPublicKey = true;
        var refused = _given.Refuse("a");
        var restored = GuestSession.Restore(Session.ToSnapshot(), Session.Limits);
        Assert.True(Assert.Single(restored.SetAside.Events).Event.FromPublicKey);

        _given.Redrive(refused);
        var redriven = Session.Line.Head!.Event;
        Assert.True(redriven.FromPublicKey);
        _given.Send();
        _given.End(AttemptOutcome.Delivered);
        _given.Begin("again");
        _given.Replay(redriven, "again");

        Assert.True(Session.Line.Head!.Event.FromPublicKey);
    }

    [Fact]
    public void It_waits_behind_an_event_that_is_on_its_way()
    {
        var refused = _given.Refuse("a");
        _given.Record("b");
        _given.Record("c");
        _given.Send();

        _given.Redrive(refused);

        Assert.Equal(["b", "a", "c"], _given.LineIds);
        _given.End(AttemptOutcome.NotApplied);
        Assert.Equal(["b", "a", "c"], _given.LineIds);
    }

    [Fact]
    public void Redriven_events_keep_the_order_of_their_guest_whatever_the_order_of_the_acts()
    {
        long[] refused = [_given.Refuse("a"), _given.Refuse("b"), _given.Refuse("c")];
        _given.Record("d");

        _given.Redrive(refused[1]);
        _given.Redrive(refused[2]);
        _given.Redrive(refused[0]);

        Assert.Equal(["a", "b", "c", "d"], _given.LineIds);
    }

    [Fact]
    public void An_edit_that_moves_an_event_to_another_browser_needs_that_browser_first()
    {
        var refused = _given.Refuse("a");

        Assert.Equal(ActDecision.NeedsBrowser, _given.Redrive(refused, """{"type":"VIEW"}""", browserId: "b"));
        Assert.Empty(_given.LineIds);

        _given.Link("b");

        Assert.Equal(ActDecision.Done, _given.Redrive(refused, """{"type":"VIEW"}""", browserId: "b"));
    }

    [Fact]
    public void An_edit_that_leaves_the_browser_takes_it_from_nobody()
    {
        var refused = _given.Refuse("a", browserId: "b");
        _given.Release("b");

        Assert.Equal(ActDecision.Done, _given.Redrive(refused, """{"type":"VIEW"}""", browserId: "B"));
    }

    [Fact]
    public void Nothing_that_is_accepted_later_passes_it()
    {
        _given.Settle = TimeSpan.FromSeconds(2);
        _given.Record("a");
        _given.Now += TimeSpan.FromSeconds(2);
        var refused = _given.Send();
        _given.End(AttemptOutcome.Refused);
        _given.Redrive(refused);

        _given.Record("b", occurredAt: Given.Start - TimeSpan.FromMinutes(1));

        Assert.Equal(["a", "b"], _given.LineIds);
        Assert.IsType<DeliveryStep.Send>(Decider.Next(Session, _given.Now));
    }

    [Fact]
    public void An_edit_takes_the_place_of_the_content_and_leaves_id_and_sequence()
    {
        var refused = _given.Refuse("a", "SADDLE_FITTED");

        _given.Redrive(refused, edit: """{"type":"VIEW","page":"/corrected"}""");

        var head = Session.Line.Head!.Event;
        Assert.Equal(("a", refused, "VIEW"), (head.EventId, head.Sequence, head.Type));
        Assert.Equal("""{"type":"VIEW","page":"/corrected"}""", head.Body.ToString());
        Assert.Equal(head.Size, Session.Line.Bytes);
    }

    [Fact]
    public void An_edit_of_what_somebody_else_edited_meanwhile_changes_nothing()
    {
        var refused = _given.Refuse("a", "SADDLE_FITTED");
        var seen = ContentHash.Of(Session.SetAside.Find(refused)!.Event.Body.Bytes.Span);
        _given.Redrive(refused, edit: """{"type":"VIEW","page":"/corrected"}""");
        _given.Send();
        _given.End(AttemptOutcome.Refused);

        Assert.Equal(
            ActDecision.Changed, Decider.Redrive(Session, new RedriveEvent(refused, null, _given.Act(), seen)).Result);
        Assert.Equal(
            ActDecision.Done,
            Decider.Redrive(Session, new RedriveEvent(
                refused, null, _given.Act(), ContentHash.Of("""{"type":"VIEW","page":"/corrected"}"""u8))).Result);
    }

    [Fact]
    public void The_edited_event_is_still_a_duplicate_of_what_was_received()
    {
        var refused = _given.Refuse("a");
        _given.Redrive(refused, edit: """{"type":"VIEW","page":"/corrected"}""");

        Assert.Equal((RecordDecision.Duplicate, refused), (_given.Record("a").Decision, _given.Record("a").Sequence));
    }

    [Fact]
    public void Identifiers_of_an_edited_IDENTITY_are_remembered_within_the_limit()
    {
        var given = new Given(new SessionLimits { Identifiers = 1 }).WithBrowserId();
        var refused = given.Refuse("a", "IDENTITY");
        Identifier[] two = [new("CRM", "1"), new("CRM", "2")];

        Assert.Equal(ActDecision.TooManyIdentifiers, given.Redrive(refused, """{"type":"IDENTITY"}""", two));
        Assert.Equal(ActDecision.Done, given.Redrive(refused, """{"type":"IDENTITY"}""", two[..1]));

        Assert.Equal("1", Assert.Single(given.Session.Identifiers.All).Id);
    }

    [Fact]
    public void The_warning_says_when_the_session_is_over()
    {
        var (early, late) = (_given.Refuse("a"), _given.Refuse("b"));
        _given.Redrive(early);
        _given.Now += TimeSpan.FromMinutes(20);
        _given.Redrive(late);

        Assert.Equal([false, true], _given.History.OfType<EventRedriven>().Select(redriven => redriven.SessionClosed));
    }

    [Fact]
    public void An_event_in_doubt_is_redriven_as_a_possible_duplicate()
    {
        _given.Record("a", "ORDER_CHECKOUT");
        var held = _given.Send();
        _given.End(AttemptOutcome.InDoubt);

        _given.Redrive(held);

        Assert.True(Session.Line.Head!.PossiblyDuplicate);
    }

    [Fact]
    public void An_outcome_that_comes_late_still_settles_it()
    {
        _given.Record("a", "ORDER_CHECKOUT");
        var held = _given.Send();
        _given.Do(Decider.TakeOver(Session, _given.Now, TimeSpan.Zero));
        _given.Do(Decider.Abandon(Session, Session.Open!, _given.Policy, _given.Now, 0.5));
        _given.Redrive(held);

        Assert.True(_given.End(held, 1, AttemptOutcome.Delivered));

        Assert.Empty(_given.LineIds);
        Assert.Equal(1, Session.DeliveredCount);
    }

    [Fact]
    public void A_redriven_event_has_all_its_attempts_before_it_again()
    {
        _given.MaxAttempts = 2;
        _given.Record("a");
        var sequence = Fail();
        Assert.Equal(sequence, Fail());
        Assert.Equal(EventCodes.AttemptsExhausted, Assert.Single(Session.SetAside.Events).Code);

        _given.Redrive(sequence);
        Fail();

        Assert.Equal(["a"], _given.LineIds);

        long Fail()
        {
            var sent = _given.Send();
            _given.End(AttemptOutcome.NotApplied);
            _given.Now += TimeSpan.FromMinutes(5);
            return sent;
        }
    }

    [Fact]
    public void What_is_not_set_aside_is_in_the_wrong_state()
    {
        _given.Record("a");
        _given.SendAndDeliver();
        _given.Record("b");

        Assert.Equal(ActDecision.WrongState, _given.Redrive(1));
        Assert.Equal(ActDecision.WrongState, _given.Redrive(2));
        Assert.Equal(ActDecision.WrongState, _given.Redrive(99));
    }

    [Fact]
    public void A_full_line_takes_no_redriven_event()
    {
        var given = new Given(new SessionLimits { UndeliveredEvents = 1 }).WithBrowserId();
        var refused = given.Refuse("a");
        given.Record("b");

        Assert.Equal(ActDecision.BacklogFull, given.Redrive(refused));
    }
}
