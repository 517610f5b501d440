using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class RecordingTests
{
    private readonly Given _given = new();

    [Fact]
    public void The_first_event_opens_the_guest_and_a_session()
    {
        var decision = _given.Deciding("a");

        Assert.Collection(decision.Events,
            opened => Assert.Equal(new GuestOpened("cust-42", Given.Start), opened),
            started => Assert.Equal(1, Assert.IsType<SessionStarted>(started).Session),
            recorded => Assert.Equal(1, Assert.IsType<EventRecorded>(recorded).Sequence));
    }

    [Fact]
    public void Deciding_changes_nothing()
    {
        _given.Deciding("a");

        Assert.Null(_given.Session.Guest);
        Assert.Equal(0, _given.Session.LastSequence);
        Assert.Equal(0, _given.Session.Line.Count);
    }

    [Fact]
    public void Sequences_have_no_gaps_across_refusals()
    {
        _given.Record("a");
        _given.Record("a", content: """{"other":1}""");
        var next = _given.Record("b");

        Assert.Equal(2, next.Sequence);
    }

    [Fact]
    public void Recording_the_same_event_twice_appends_nothing()
    {
        var first = _given.Record("a");
        var again = _given.Deciding("a");

        Assert.Empty(again.Events);
        Assert.Equal(RecordDecision.Duplicate, again.Result.Decision);
        Assert.Equal(first.Sequence, again.Result.Sequence);
    }

    [Fact]
    public void A_delivered_event_is_still_a_duplicate()
    {
        _given.WithBrowserId().Record("a");
        _given.SendAndDeliver();

        Assert.Equal(RecordDecision.Duplicate, _given.Record("a").Decision);
    }

    [Fact]
    public void The_same_id_with_other_content_is_rejected_as_event_id_reused()
    {
        _given.Record("a", content: """{"page":1}""");
        var reused = _given.Deciding("a", content: """{"page":2}""");

        Assert.Empty(reused.Events);
        Assert.Equal(RecordDecision.Rejected, reused.Result.Decision);
        Assert.Equal(EventCodes.EventIdReused, reused.Result.Code);
    }

    [Fact]
    public void An_id_older_than_the_window_is_a_new_event()
    {
        _given.Record("a");
        _given.Now += SessionLimits.Default.DedupAge + TimeSpan.FromSeconds(1);
        _given.Record("b");

        Assert.Equal(RecordDecision.Accepted, _given.Record("a").Decision);
    }

    [Fact]
    public void An_id_just_inside_the_window_is_a_duplicate()
    {
        _given.Record("a");
        _given.Now += SessionLimits.Default.DedupAge;
        _given.Record("b");

        Assert.Equal(RecordDecision.Duplicate, _given.Record("a").Decision);
    }

    [Fact]
    public void The_window_tells_when_it_became_short()
    {
        var given = new Given(new SessionLimits { DedupIds = 2 });
        given.Record("a");
        Assert.Null(given.Session.Dedup.ReachWhenFull(given.Now));
        given.Now += TimeSpan.FromMinutes(10);
        given.Record("b");

        Assert.Equal(TimeSpan.FromMinutes(10), given.Session.Dedup.ReachWhenFull(given.Now));
    }

    [Fact]
    public void A_forgotten_id_that_came_again_is_not_forgotten_with_the_first_one()
    {
        var given = new Given(new SessionLimits { DedupIds = 2 });
        foreach (var id in (string[])["a", "b", "c", "a", "d"])
            given.Record(id);

        Assert.Equal(RecordDecision.Duplicate, given.Record("a").Decision);
        Assert.Equal(RecordDecision.Accepted, given.Record("c").Decision);
    }
}
