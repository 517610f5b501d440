using GuestSessions.Core.Events;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>What was doubtful about an event stays with it: delivered, but….</summary>
public sealed class WarningTests
{
    private readonly Given _given = new Given().WithBrowserId();

    [Fact]
    public void A_delivered_event_keeps_what_its_caller_was_warned_of()
    {
        _given.Record("a", "CHECKOUT");
        _given.SendAndDeliver();

        var receipt = Receipt();
        Assert.Equal(EventState.Delivered, receipt.State);
        Assert.Equal([new EventWarning("checkout_without_confirm", "/event/type")], receipt.Current.Warnings);
    }

    [Fact]
    public void An_event_that_nothing_is_wrong_with_stores_no_warnings()
    {
        _given.Record("a");

        Assert.Null(Receipt().Current.Warnings);
    }

    [Fact]
    public void The_warnings_of_an_edit_take_the_place_of_those_before_it()
    {
        var refused = _given.Refuse("a", "CHECKOUT");
        _given.Redrive(refused, edit: """{"type":"VIEW"}""");

        Assert.Null(Receipt().Current.Warnings);
        Assert.Equal("checkout_without_confirm", Assert.Single(Receipt().Event.Warnings!).Code);
    }

    [Fact]
    public void Warnings_are_bounded_and_reported_once()
    {
        var many = Enumerable.Range(0, 30).Select(i => new Violation("clock_skew", $"/event/{i}", "")).ToList();

        Assert.Equal(EventWarning.Most, EventWarning.Join(EventWarning.Of(many), many)!.Count);
        Assert.Single(EventWarning.Join(EventWarning.Of(many[..1]), many[..1])!);
        Assert.Null(EventWarning.Join([], []));
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData("any", true, false)]
    [InlineData("clock_skew", true, false)]
    [InlineData("clock", false, false)]
    public void A_filter_goes_by_the_whole_code(string? filter, bool warned, bool plain)
    {
        Assert.Equal(warned, EventWarning.Matches([new EventWarning("clock_skew", "")], filter));
        Assert.Equal(plain, EventWarning.Matches(null, filter));
    }

    private Receipt Receipt()
    {
        var book = new ReceiptBook();
        foreach (var @event in _given.History)
            book.Apply(@event);
        return Assert.Single(book.Receipts);
    }
}
