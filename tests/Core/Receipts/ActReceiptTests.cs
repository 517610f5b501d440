using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Tests.Sessions;

namespace GuestSessions.Core.Tests.Receipts;

/// <summary>What a receipt tells of what people did.</summary>
public sealed class ActReceiptTests
{
    private readonly Given _given = new Given().WithBrowserId();

    private Receipt Receipt()
    {
        var book = new ReceiptBook();
        foreach (var @event in _given.History)
            book.Apply(@event);
        book.Complete(_given.Session);
        return Assert.Single(book.Receipts);
    }

    [Fact]
    public void A_redrive_with_an_edit_keeps_both_bodies_and_the_person()
    {
        var refused = _given.Refuse("a");
        _given.Redrive(refused, edit: """{"type":"VIEW","page":"/corrected"}""");

        var receipt = Receipt();
        Assert.Equal(EventState.Pending, receipt.State);
        Assert.Null(receipt.Code);
        Assert.True(receipt.IsLate);
        Assert.Equal("""{"type":"VIEW"}""", receipt.Event.Body.ToString());
        Assert.Equal("""{"type":"VIEW","page":"/corrected"}""", receipt.Current.Body.ToString());
        var act = Assert.Single(receipt.Acts);
        Assert.Equal((ActKind.Redriven, "support-7", "because"), (act.Kind, act.Act.By, act.Act.Reason));
    }

    [Fact]
    public void A_redriven_event_ends_delivered_with_every_attempt()
    {
        var refused = _given.Refuse("a");
        _given.Redrive(refused);
        _given.SendAndDeliver();

        var receipt = Receipt();
        Assert.Equal(EventState.Delivered, receipt.State);
        Assert.Equal([1, 2], receipt.Attempts.Select(attempt => attempt.Number));
        Assert.False(receipt.IsResolved);
    }

    [Fact]
    public void An_event_redriven_from_doubt_is_marked()
    {
        var held = Hold();
        _given.Redrive(held);

        Assert.True(Receipt().PossiblyDuplicate);
    }

    [Fact]
    public void An_event_redriven_after_somebody_said_that_it_had_not_arrived_is_marked_all_the_same()
    {
        var held = Hold();
        _given.Do(Decider.Resolve(_given.Session, held, delivered: false, _given.Act()));
        Assert.Equal((EventState.Quarantined, EventCodes.NotDelivered), (Receipt().State, Receipt().Code));
        _given.Redrive(held);

        Assert.True(Receipt().PossiblyDuplicate);
        Assert.True(_given.Session.Line.Head!.PossiblyDuplicate);
    }

    [Fact]
    public void A_resolved_event_tells_that_it_was_a_person_who_knew()
    {
        var held = Hold();
        _given.Now += TimeSpan.FromHours(1);
        _given.Do(Decider.Resolve(_given.Session, held, delivered: true, _given.Act()));

        var receipt = Receipt();
        Assert.Equal((EventState.Delivered, true, false), (receipt.State, receipt.IsResolved, receipt.PossiblyDuplicate));
        Assert.Equal(_given.Now, receipt.DeliveredAt);
    }

    [Fact]
    public void A_discarded_event_is_reported_as_that()
    {
        var refused = _given.Refuse("a");
        _given.Do(Decider.Discard(_given.Session, refused, _given.Act()));

        Assert.Equal((EventState.Discarded, ActKind.Discarded), (Receipt().State, Assert.Single(Receipt().Acts).Kind));
    }

    [Fact]
    public void An_expired_event_tells_why_it_was_not_sent()
    {
        _given.Record("a");
        _given.Now += TimeSpan.FromHours(2);
        _given.Do(Decider.Expire(_given.Session, _given.Now, TimeSpan.FromHours(1)));

        Assert.Equal((EventState.Quarantined, EventCodes.TooOld), (Receipt().State, Receipt().Code));
    }

    private long Hold()
    {
        _given.Record("a", "ORDER_CHECKOUT");
        var held = _given.Send();
        _given.End(AttemptOutcome.InDoubt);
        return held;
    }
}
