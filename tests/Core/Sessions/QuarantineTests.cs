using GuestSessions.Core.Events;
using GuestSessions.Core.Json;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Events that go into quarantine as they come.</summary>
public sealed class QuarantineTests
{
    private readonly Given _given = new(new SessionLimits { SetAsideEvents = 3 });

    [Fact]
    public void It_is_kept_with_its_code_and_not_sent()
    {
        _given.WithBrowserId();
        Assert.Equal(new RecordOutcome(RecordDecision.Accepted, 1, OrderAt: Given.Start), Quarantine("a"));

        Assert.Equal(0, _given.Session.Line.Count);
        Assert.False(_given.Session.IsPending);
        var aside = Assert.Single(_given.Session.SetAside.Events);
        Assert.Equal(("a", "unknown_point_of_sale", false, 0),
            (aside.Event.EventId, aside.Code, aside.InDoubt, aside.Attempts));
        Assert.IsType<DeliveryStep.Idle>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void It_begins_no_session_and_the_first_one_opens_the_guest()
    {
        Quarantine("a");

        Assert.Equal("cust-42", _given.Session.Guest);
        Assert.Empty(_given.Session.Sessions.All);
    }

    [Fact]
    public void It_takes_its_place_among_the_sequences_and_lets_the_others_by()
    {
        _given.WithBrowserId();
        _given.Record("a");
        Quarantine("b");
        var after = _given.Record("c");

        Assert.Equal(3, after.Sequence);
        Assert.Equal(["a", "c"], _given.LineIds);
    }

    [Fact]
    public void It_is_recorded_once()
    {
        var first = Quarantine("a");
        var again = Quarantine("a");

        Assert.Equal((RecordDecision.Duplicate, first.Sequence), (again.Decision, again.Sequence));
    }

    [Fact]
    public void It_never_fills_the_quarantine_so_that_the_line_would_stop()
    {
        _given.WithBrowserId();
        Quarantine("a");
        Quarantine("b");

        Assert.Equal(new RecordOutcome(RecordDecision.Retry, Code: "quarantine_full"), Quarantine("c"));
        _given.Record("d");
        Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void Its_receipt_says_why()
    {
        Quarantine("a");
        var book = new ReceiptBook();
        foreach (var @event in _given.History)
            book.Apply(@event);

        var receipt = Assert.Single(book.Receipts);
        Assert.Equal((EventState.Quarantined, "unknown_point_of_sale"), (receipt.State, receipt.Code));
        Assert.Empty(receipt.Attempts);
    }

    [Fact]
    public void Replay_equals_live()
    {
        _given.Record("a");
        Quarantine("b");

        Assert.Equal(Given.Text(_given.Session.ToSnapshot()), Given.Text(_given.Replay().ToSnapshot()));
    }

    private RecordOutcome Quarantine(string eventId)
    {
        var body = Utf8Json.Parse("""{"type":"VIEW","pos":"nowhere"}""");
        return _given.Do(Decider.Record(_given.Session, new RecordEvent(
            "cust-42", eventId, ContentHash.Of(body.Bytes.Span),
            new StreamEvent
            {
                Type = "VIEW",
                Channel = "",
                PointOfSale = "nowhere",
                Body = body,
                SessionTimeout = TimeSpan.FromMinutes(20),
            },
            OccurredAt: null, _given.Now, OrderFloor: null, Settle: TimeSpan.Zero, TraceParent: null, _given.Now,
            Quarantine: "unknown_point_of_sale")));
    }
}
