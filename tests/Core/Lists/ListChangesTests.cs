using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Tests.Sessions;

namespace GuestSessions.Core.Tests.Lists;

public sealed class ListChangesTests
{
    private readonly Given _given = new Given().WithBrowserId();
    private int _seen;

    /// <summary>What a commit of everything since the last one lists.</summary>
    private ListChanges Commit()
    {
        var events = _given.History.Skip(_seen).ToList();
        _seen = _given.History.Count;
        return ListChanges.Of(_given.Session, events);
    }

    [Fact]
    public void A_waiting_guest_tells_how_much_waits_and_since_when()
    {
        _given.Record("a");
        _given.Now += TimeSpan.FromSeconds(1);
        _given.Record("b");

        var lists = Commit();
        Assert.Equal((2, Given.Start, null), (lists.Undelivered, lists.WaitingSince, lists.Block));
        Assert.False(lists.IsHot);
        Assert.Empty(lists.Asides);
    }

    [Fact]
    public void A_guest_with_a_hundred_undelivered_events_is_hot()
    {
        for (var i = 0; i < ListChanges.HotFrom; i++)
            _given.Record($"e{i}");

        Assert.True(Commit().IsHot);
    }

    [Fact]
    public void An_event_is_listed_when_it_is_set_aside_and_no_more_when_it_is_redriven()
    {
        var refused = _given.Refuse("a");
        var listed = Assert.Single(Commit().Asides);
        Assert.Equal((refused, "a", EventCodes.UpstreamRefused), (listed.Sequence, listed.Aside!.Event.EventId, listed.Aside.Code));

        _given.Redrive(refused);
        Assert.Equal(new AsideChange(refused, null), Assert.Single(Commit().Asides));
    }

    [Fact]
    public void Of_several_changes_in_one_commit_only_where_it_ends_is_listed()
    {
        var refused = _given.Refuse("a");
        _given.Redrive(refused);
        _given.Send();
        _given.End(AttemptOutcome.Refused);

        Assert.NotNull(Assert.Single(Commit().Asides).Aside);
    }

    [Fact]
    public void The_list_of_set_aside_events_follows_the_session_whatever_is_done()
    {
        var listed = new HashSet<long>();
        long[] events = [_given.Refuse("a"), _given.Refuse("b"), _given.Refuse("c"), _given.Refuse("d")];
        Follow();
        _given.Do(Decider.Discard(_given.Session, events[0], _given.Act()));
        Follow();
        _given.Do(Decider.Resolve(_given.Session, events[1], delivered: true, _given.Act()));
        _given.Redrive(events[2]);
        Follow();
        _given.Now += TimeSpan.FromHours(2);
        _given.Do(Decider.Expire(_given.Session, _given.Now, TimeSpan.FromHours(1)));
        Follow();

        void Follow()
        {
            foreach (var (sequence, aside) in Commit().Asides)
            {
                if (aside is null)
                    listed.Remove(sequence);
                else
                    listed.Add(sequence);
            }

            Assert.Equal(_given.Session.SetAside.Events.Select(aside => aside.Event.Sequence), listed.Order());
        }
    }

    [Fact]
    public void A_line_that_waits_for_a_person_tells_why()
    {
        _given.Record("a");
        _given.Do(Decider.Pause(_given.Session, _given.Act()));

        Assert.Equal("paused", Commit().Block);
    }

    [Fact]
    public void Every_act_of_a_person_is_audited()
    {
        long[] events = [_given.Refuse("a"), _given.Refuse("b"), _given.Refuse("c"), _given.Refuse("d")];
        Assert.Empty(Commit().Acts);

        _given.Redrive(events[0]);
        _given.Redrive(events[1], edit: """{"type":"VIEW"}""");
        _given.Do(Decider.Discard(_given.Session, events[2], _given.Act()));
        _given.Do(Decider.Resolve(_given.Session, events[3], delivered: true, _given.Act()));
        _given.Do(Decider.Flush(_given.Session, _given.Act()));
        _given.Do(Decider.Pause(_given.Session, _given.Act()));
        _given.Do(Decider.Resume(_given.Session, _given.Act()));

        var acts = Commit().Acts;
        Assert.Equal(
            [
                ("redriven", events[0]), ("redriven_edited", events[1]), ("discarded", events[2]),
                ("resolved_delivered", events[3]), ("guest_flushed", null), ("guest_paused", null), ("guest_resumed", null),
            ],
            acts.Select(act => (act.Kind, act.Sequence)));
        Assert.All(acts, act => Assert.Equal("support-7", act.Act.By));
    }
}
