using GuestSessions.Core.Delivery;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>The line: delivery order with and without settle.</summary>
public sealed class OrderTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private void Settling() => _given.Settle = TimeSpan.FromSeconds(2);

    private static DateTimeOffset At(int seconds) => Given.Start + TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Without_settle_the_order_is_that_of_acceptance()
    {
        _given.Record("first", occurredAt: At(10));
        _given.Record("second", occurredAt: At(1));

        Assert.Equal(["first", "second"], _given.LineIds);
    }

    [Fact]
    public void Without_settle_the_clocks_of_the_hosts_do_not_matter()
    {
        _given.Record("first", receivedAt: At(3600));
        _given.Record("second", receivedAt: At(-3600));
        _given.Record("third", receivedAt: At(0));

        Assert.Equal(["first", "second", "third"], _given.LineIds);
        Assert.DoesNotContain(_given.Session.Line.Entries, entry => entry.Event.Late);
    }

    [Fact]
    public void With_settle_undelivered_events_go_by_when_they_occurred()
    {
        Settling();
        _given.Record("second", occurredAt: At(-1));
        _given.Record("first", occurredAt: At(-2));

        Assert.Equal(["first", "second"], _given.LineIds);
    }

    [Fact]
    public void With_settle_nothing_is_sent_before_it_has_settled()
    {
        Settling();
        _given.Record("a");

        var wait = Assert.IsType<DeliveryStep.Wait>(Decider.Next(_given.Session, _given.Now));
        Assert.Equal(Given.Start + TimeSpan.FromSeconds(2), wait.Until);
        Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, wait.Until));
    }

    [Fact]
    public void Events_of_the_same_time_go_as_they_arrived()
    {
        Settling();
        _given.Record("a", occurredAt: At(-1));
        _given.Record("b", occurredAt: At(-1));

        Assert.Equal(["a", "b"], _given.LineIds);
    }

    [Fact]
    public void One_request_keeps_its_own_order()
    {
        Settling();
        var first = _given.Record("a", occurredAt: At(-1));
        _given.Record("b", occurredAt: At(-5), floor: first.OrderAt);

        Assert.Equal(["a", "b"], _given.LineIds);
    }

    [Fact]
    public void A_clock_off_by_more_than_five_minutes_is_not_trusted()
    {
        Settling();
        _given.Record("a", occurredAt: At(-1));
        _given.Record("b", occurredAt: At(-301));

        Assert.Equal(["a", "b"], _given.LineIds);
    }

    [Fact]
    public void An_event_older_than_one_already_sent_goes_next_and_is_marked_late()
    {
        Settling();
        _given.Record("sent", occurredAt: At(-1));
        _given.Now += _given.Settle;
        _given.SendAndDeliver();
        _given.Record("waiting", occurredAt: At(0));
        _given.Record("late", occurredAt: At(-3));

        Assert.Equal(["late", "waiting"], _given.LineIds);
        Assert.True(_given.Session.Line.Head!.Event.Late);
    }

    [Fact]
    public void Nothing_moves_past_what_was_sent()
    {
        Settling();
        _given.Record("sent", occurredAt: At(-1));
        _given.Now += _given.Settle;
        _given.Send();
        _given.Record("older", occurredAt: At(-3));
        _given.End(AttemptOutcome.NotApplied);

        Assert.Equal(["sent", "older"], _given.LineIds);
        Assert.True(_given.Session.Line.Entries[1].Event.Late);
    }

    [Fact]
    public void A_flush_sends_without_waiting_for_settle()
    {
        Settling();
        _given.Record("a");

        Assert.Equal(1, _given.Do(Decider.Flush(_given.Session, _given.Act())));
        Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void A_second_flush_of_the_same_line_appends_nothing()
    {
        Settling();
        _given.Record("a");
        _given.Do(Decider.Flush(_given.Session, _given.Act()));

        Assert.Empty(Decider.Flush(_given.Session, _given.Act()).Events);
    }
}
