using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>A store was restored from a backup: nobody knows what was delivered after it.</summary>
public sealed class RestoreTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private GuestSession Session => _given.Session;

    private int Restore()
    {
        _given.Now += TimeSpan.FromSeconds(1);
        return _given.Do(Decider.Restore(Session, _given.Now, _given.Policy, _given.Now));
    }

    [Fact]
    public void An_event_that_may_be_sent_again_stays_in_its_place_and_is_marked()
    {
        _given.Record("a");
        _given.Record("b");

        Assert.Equal(2, Restore());

        Assert.Equal(["a", "b"], _given.LineIds);
        Assert.All(Session.Line.Entries, static entry => Assert.True(entry.PossiblyDuplicate));
    }

    [Fact]
    public void An_event_whose_type_forbids_a_second_send_is_held_in_doubt()
    {
        _given.Record("a", "ORDER_CHECKOUT");
        _given.Record("b");

        Restore();

        var aside = Assert.Single(Session.SetAside.Events);
        Assert.Equal((EventCodes.Restored, true, "a"), (aside.Code, aside.InDoubt, aside.Event.EventId));
        Assert.Equal(["b"], _given.LineIds);
    }

    [Fact]
    public void An_event_that_may_be_sent_again_in_its_session_is_held_once_the_session_is_over()
    {
        _given.Policy = static _ => InDoubtPolicy.ResendWhileSessionOpen;
        _given.Record("a");
        Restore();
        Assert.Equal(["a"], _given.LineIds);

        _given.Now += TimeSpan.FromHours(1);
        Restore();

        Assert.Empty(_given.LineIds);
        Assert.Single(Session.SetAside.Events);
    }

    [Fact]
    public void Deciding_it_twice_changes_nothing()
    {
        _given.Record("a");
        _given.Record("b", "ORDER_CHECKOUT");
        Assert.Equal(2, Restore());

        Assert.Equal(0, Restore());
    }

    [Fact]
    public void An_event_that_came_or_was_redriven_later_is_not_concerned()
    {
        var restoredAt = _given.Now;
        _given.Record("a", "ORDER_CHECKOUT");

        Assert.Equal(0, _given.Do(Decider.Restore(Session, restoredAt, _given.Policy, _given.Now)));
    }

    [Fact]
    public void An_open_start_is_left_to_its_takeover()
    {
        _given.Record("a");
        _given.Send();

        Assert.Equal(0, Restore());
    }
}
