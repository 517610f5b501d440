using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Tests.Sessions;

namespace GuestSessions.Core.Tests.Receipts;

public sealed class ReceiptTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private IReadOnlyList<Receipt> Receipts()
    {
        var book = new ReceiptBook();
        foreach (var @event in _given.History)
            book.Apply(@event);
        book.Complete(_given.Session);
        return [.. book.Receipts];
    }

    [Fact]
    public void An_accepted_event_is_pending()
    {
        _given.Record("a");

        Assert.Equal(EventState.Pending, Assert.Single(Receipts()).State);
    }

    [Fact]
    public void A_started_event_is_sending_and_tells_since_when()
    {
        _given.Record("a");
        _given.Now += TimeSpan.FromSeconds(3);
        _given.Send();

        var receipt = Assert.Single(Receipts());
        Assert.Equal(EventState.Sending, receipt.State);
        Assert.Equal(_given.Now, receipt.SentAt);
        Assert.Null(Assert.Single(receipt.Attempts).Result);
    }

    [Fact]
    public void Every_attempt_is_reported_with_its_outcome()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.InDoubt);
        _given.Now += TimeSpan.FromSeconds(1);
        _given.Send();
        _given.End(AttemptOutcome.Delivered);

        var receipt = Assert.Single(Receipts());
        Assert.Equal(EventState.Delivered, receipt.State);
        Assert.True(receipt.PossiblyDuplicate);
        Assert.Equal(_given.Now, receipt.DeliveredAt);
        Assert.Equal(
            [AttemptOutcome.InDoubt, AttemptOutcome.Delivered],
            receipt.Attempts.Select(attempt => attempt.Result!.Outcome));
    }

    [Fact]
    public void A_quarantined_event_tells_why()
    {
        _given.Record("a");
        _given.Send();
        _given.End(AttemptOutcome.Refused);

        var receipt = Assert.Single(Receipts());
        Assert.Equal((EventState.Quarantined, EventCodes.UpstreamRefused), (receipt.State, receipt.Code));
    }

    [Fact]
    public void A_held_event_is_in_doubt_until_a_late_outcome_delivers_it()
    {
        _given.Record("a", "ORDER_CHECKOUT");
        _given.Send();
        _given.Do(Decider.TakeOver(_given.Session, _given.Now, TimeSpan.FromSeconds(15)));
        var open = _given.Session.Open!;
        _given.Now += TimeSpan.FromSeconds(15);
        _given.Do(Decider.Abandon(_given.Session, open, _given.Policy, _given.Now, 0.5));
        Assert.Equal(EventState.InDoubt, Assert.Single(Receipts()).State);
        _given.End(1, 1, AttemptOutcome.Delivered);

        Assert.Equal(EventState.Delivered, Assert.Single(Receipts()).State);
    }

    [Fact]
    public void What_is_undelivered_is_reported_even_when_its_history_is_gone()
    {
        _given.Record("waiting");
        _given.Record("refused");
        var book = new ReceiptBook();
        book.Complete(_given.Session);

        Assert.Equal(["waiting", "refused"], book.Receipts.Select(receipt => receipt.Event.EventId));
    }

    [Fact]
    public void Outcomes_of_events_before_the_horizon_are_passed_over()
    {
        _given.Record("a");
        _given.SendAndDeliver();
        var book = new ReceiptBook();
        foreach (var @event in _given.History.Where(@event => @event is not EventRecorded))
            book.Apply(@event);

        Assert.Empty(book.Receipts);
    }
}
