using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class ReplayTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private GuestSession Session => _given.Session;

    [Fact]
    public void A_replayed_event_enters_the_end_of_the_line_as_an_entry_of_its_own()
    {
        var delivered = Delivered("a");
        _given.Record("b");
        _given.Begin("op");

        Assert.Equal(ReplayDecision.Done, _given.Replay(delivered, "op"));

        Assert.Equal(["b", "op:1"], _given.LineIds);
        var replayed = Session.Line.Entries[^1].Event;
        Assert.Equal((3, new ReplaySource(1, "op")), (replayed.Sequence, replayed.Replay));
        Assert.Equal("""{"type":"VIEW","ext":{"replayed":true}}""", replayed.Body.ToString());
        Assert.Equal(delivered.ReceivedAt, replayed.OccurredAt);
    }

    [Fact]
    public void Without_the_mark_it_goes_as_it_went_before()
    {
        var delivered = Delivered("a");
        _given.Begin("op");

        _given.Replay(delivered, "op", mark: false);

        Assert.Equal(delivered.Body, Session.Line.Head!.Event.Body);
    }

    [Fact]
    public void However_often_it_is_asked_for_one_replay_sends_an_event_once()
    {
        EventRecorded[] delivered = [Delivered("a"), Delivered("b")];
        _given.Begin("op");

        foreach (var @event in (EventRecorded[])[.. delivered, .. delivered, delivered[0]])
            Assert.Equal(ReplayDecision.Done, _given.Replay(@event, "op"));

        Assert.Equal(["op:1", "op:2"], _given.LineIds);
    }

    [Fact]
    public void Two_replays_send_it_twice()
    {
        var delivered = Delivered("a");
        _given.Begin("one");
        _given.Begin("two");

        _given.Replay(delivered, "one");
        _given.Replay(delivered, "two");

        Assert.Equal(["one:1", "two:1"], _given.LineIds);
    }

    [Fact]
    public void It_covers_nothing_that_is_accepted_after_it_began()
    {
        Delivered("a");

        Assert.Equal(1, _given.Begin("op"));
        Delivered("b");

        Assert.Equal(2, _given.Begin("later"));
    }

    [Fact]
    public void Begun_again_it_covers_what_it_covered_at_first()
    {
        Delivered("a");
        _given.Begin("op");
        Delivered("b");
        var restored = GuestSession.Restore(_given.Session.ToSnapshot(), SessionLimits.Default);

        var again = Decider.BeginReplay(restored, "op", 1, long.MaxValue, _given.Act());

        Assert.Equal(1, again.Result);
        Assert.Empty(again.Events);
    }

    [Fact]
    public void A_guest_that_was_never_seen_has_nothing_to_replay()
    {
        var decision = Decider.BeginReplay(new GuestSession(SessionLimits.Default), "op", 1, 9, _given.Act());

        Assert.Null(decision.Result);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void Half_of_the_line_stays_free_for_what_is_new()
    {
        var given = new Given(new SessionLimits { UndeliveredEvents = 4 }).WithBrowserId();
        var delivered = Delivered("a", given);
        given.Record("b");
        given.Begin("one");
        given.Begin("two");

        Assert.Equal(ReplayDecision.Done, given.Replay(delivered, "one"));
        Assert.Equal(ReplayDecision.Full, given.Replay(delivered, "two"));

        Assert.Equal(RecordDecision.Accepted, given.Record("c").Decision);
        given.SendAndDeliver();
        given.SendAndDeliver();
        Assert.Equal(ReplayDecision.Done, given.Replay(delivered, "two"));
    }

    [Fact]
    public void Half_of_its_bytes_do_too_but_one_large_event_always_passes_an_empty_line()
    {
        var given = new Given(new SessionLimits { UndeliveredBytes = 60 }).WithBrowserId();
        var delivered = Delivered("a", given);
        given.Begin("one");
        given.Begin("two");

        Assert.Equal(ReplayDecision.Done, given.Replay(delivered, "one"));
        Assert.Equal(ReplayDecision.Full, given.Replay(delivered, "two"));
    }

    [Fact]
    public void A_replay_is_forgotten_when_too_many_begin_after_it()
    {
        var delivered = Delivered("a");
        _given.Begin("op");
        for (var i = 0; i < GuestSession.MostReplays; i++)
            _given.Begin($"op{i}");

        Assert.Equal(ReplayDecision.Forgotten, _given.Replay(delivered, "op"));
        Assert.Equal(ReplayDecision.Done, _given.Replay(delivered, "op0"));
    }

    [Fact]
    public void It_takes_no_id_and_makes_no_session_of_the_guest_longer()
    {
        var delivered = Delivered("a");
        var remembered = Session.Dedup.Count;
        _given.Now += TimeSpan.FromMinutes(19);
        _given.Begin("op");
        _given.Replay(delivered, "op");
        _given.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(remembered, Session.Dedup.Count);
        var session = Assert.Single(Session.Sessions.All);
        Assert.Equal(1, session.Events);
        Assert.False(session.IsOpen(_given.Now));
    }

    [Fact]
    public void News_that_come_while_it_is_sent_are_not_late_for_it()
    {
        _given.Settle = TimeSpan.FromSeconds(2);
        _given.Record("a");
        _given.Now += TimeSpan.FromSeconds(2);
        _given.SendAndDeliver();
        _given.Begin("op");
        _given.Replay(_given.History.OfType<EventRecorded>().Single(), "op");
        _given.SendAndDeliver();

        _given.Record("b", occurredAt: _given.Now - TimeSpan.FromSeconds(1));

        Assert.False(Session.Line.Head!.Event.Late);
    }

    [Fact]
    public void A_replayed_event_that_is_refused_is_quarantined_and_can_be_redriven()
    {
        var delivered = Delivered("a");
        _given.Begin("op");
        _given.Replay(delivered, "op");
        var sequence = _given.Send();
        _given.End(AttemptOutcome.Refused);

        Assert.Equal("op:1", Assert.Single(Session.SetAside.Events).Event.EventId);
        Assert.Equal(ActDecision.Done, _given.Redrive(sequence));
    }

    private EventRecorded Delivered(string eventId, Given? given = null)
    {
        given ??= _given;
        given.Record(eventId);
        given.SendAndDeliver();
        return given.History.OfType<EventRecorded>().Last();
    }
}
