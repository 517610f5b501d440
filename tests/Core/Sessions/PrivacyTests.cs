using GuestSessions.Core.Events;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Consent, and the erasure of the body of one event.</summary>
public sealed class PrivacyTests
{
    private const string Canary = "canary-4711";

    private readonly Given _given = new Given().WithBrowserId();

    private GuestSession Session => _given.Session;

    [Fact]
    public void While_consent_is_denied_an_event_gets_a_receipt_and_nothing_of_it_is_kept()
    {
        Deny();

        var outcome = _given.Record("a", content: $$"""{"type":"VIEW","ext":{"note":"{{Canary}}"} }""", page: Canary, order: Canary);

        Assert.Equal((RecordDecision.Accepted, 1), (outcome.Decision, outcome.Sequence));
        Assert.Equal(EventCodes.NoConsent, Assert.Single(outcome.Found!).Code);
        Assert.Equal(0, Session.Line.Count);
        Assert.DoesNotContain(Canary, string.Join('\n', _given.History), StringComparison.Ordinal);
        Assert.Equal((EventState.Dropped, EventCodes.NoConsent), (Only().State, Only().Code));
    }

    [Fact]
    public void A_dropped_event_that_comes_again_is_a_duplicate_and_identifiers_are_not_remembered()
    {
        Deny();
        _given.Record("a", "IDENTITY", identifiers: [new Identifier("EMAIL", Canary)]);

        Assert.Equal(RecordDecision.Duplicate, _given.Record("a", "IDENTITY").Decision);
        Assert.Equal(0, Session.Identifiers.Count);
    }

    [Fact]
    public void When_consent_is_granted_again_events_flow()
    {
        Deny();
        _given.Record("a");
        _given.Do(Decider.ChangeConsent(Session, new ChangeConsent("cust-42", Denied: false, DropsWaiting: true, Act())));

        _given.Record("b");

        Assert.Equal(2, Session.Line.Head!.Event.Sequence);
        Assert.Null(Session.ConsentDenied);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void What_waits_when_consent_is_denied_is_delivered_or_dropped_except_what_is_on_its_way(bool drops, int left)
    {
        _given.Record("a");
        _given.Record("b");
        _given.Send();

        var dropped = _given.Do(Decider.ChangeConsent(Session, new ChangeConsent("cust-42", Denied: true, drops, Act())));

        Assert.Equal((left, 2 - left), (Session.Line.Count, dropped));
        Assert.NotNull(Session.Open);
    }

    [Fact]
    public void A_blanked_event_that_waited_is_dropped_and_says_who_blanked_it()
    {
        _given.Record("a", content: $$"""{"type":"VIEW","ext":{"note":"{{Canary}}"} }""", page: Canary);

        Assert.Equal(ActDecision.Done, _given.Do(Decider.Blank(Session, 1, "a", Act())));

        var receipt = Only();
        Assert.Equal((EventState.Dropped, true, "{}"), (receipt.State, receipt.IsBlanked, receipt.Event.Body.ToString()));
        Assert.Equal("kim", Assert.Single(receipt.Acts).Act.By);
        Assert.Equal([1L], Session.Blanking);
        Assert.True(Session.IsPending);
        Assert.DoesNotContain(Session.ToSnapshot().Sessions, static session => session.LastPage == Canary);
    }

    [Fact]
    public void An_event_on_its_way_cannot_be_blanked_before_its_outcome()
    {
        _given.Record("a");
        _given.Send();

        Assert.Equal(ActDecision.WrongState, _given.Do(Decider.Blank(Session, 1, "a", Act())));
    }

    [Fact]
    public void A_blanked_event_that_is_set_aside_cannot_be_redriven()
    {
        var refused = _given.Refuse("a");

        _given.Do(Decider.Blank(Session, refused, "a", Act()));

        Assert.Equal(0, Session.SetAside.Count);
        Assert.Equal(ActDecision.WrongState, _given.Redrive(refused));
    }

    [Fact]
    public void Every_event_about_a_blanked_one_loses_what_its_caller_sent_and_what_the_upstream_answered()
    {
        var refused = _given.Refuse("a");
        _given.Do(Decider.Blank(Session, refused, "a", Act()));

        var rewritten = _given.History.Select(@event => Blanked.Of(@event, refused)).ToList();

        Assert.Equal("{}", Assert.Single(rewritten.OfType<EventRecorded>()).Body.ToString());
        Assert.Null(Assert.Single(rewritten.OfType<EventQuarantined>()).Result.Answer);
        Assert.Equal(_given.History.Count, rewritten.Count);
    }

    [Fact]
    public void A_snapshot_keeps_denied_consent_and_unfinished_blankings()
    {
        _given.Record("a");
        _given.Do(Decider.Blank(Session, 1, "a", Act()));
        Deny();

        var restored = GuestSession.Restore(Session.ToSnapshot(), SessionLimits.Default);

        Assert.Equal((Session.ConsentDenied, 1), (restored.ConsentDenied, restored.Blanking.Count));
    }

    private void Deny() =>
        _given.Do(Decider.ChangeConsent(Session, new ChangeConsent("cust-42", Denied: true, DropsWaiting: false, Act())));

    private PersonAct Act() => new("kim", _given.Now, "asked");

    private Receipt Only()
    {
        var book = new ReceiptBook();
        foreach (var @event in _given.History)
            book.Apply(@event);
        return Assert.Single(book.Receipts);
    }
}
