using GuestSessions.Core.Delivery;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class LinkingTests
{
    private const string Browser = "6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";
    private const string Other = "6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b002";
    private const string Before = "shop/before";

    private readonly Given _given = new() { LinksBrowsers = false };

    [Fact]
    public void An_event_of_a_browser_that_the_guest_does_not_own_is_not_recorded()
    {
        Assert.Equal(RecordDecision.NeedsBrowser, _given.Record("e1", browserId: Browser).Decision);
        Assert.Empty(_given.History);
    }

    [Fact]
    public void A_known_event_is_a_duplicate_even_after_its_browser_went_to_another_guest()
    {
        _given.Link(Browser);
        _given.Record("e1", browserId: Browser);
        _given.Release(Browser);

        Assert.Equal(RecordDecision.Duplicate, _given.Record("e1", browserId: Browser).Decision);
        Assert.Equal(RecordDecision.NeedsBrowser, _given.Record("e2", browserId: Browser).Decision);
    }

    [Fact]
    public void Browser_ids_are_the_same_whatever_the_case_of_their_letters()
    {
        _given.Link(Browser);

        Assert.Equal(RecordDecision.Accepted, _given.Record("e1", browserId: Browser.ToUpperInvariant()).Decision);
        Assert.IsType<DeliveryStep.Send>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void Events_wait_until_the_owner_before_has_drained()
    {
        _given.Link(Browser, generation: 2, from: Before);
        _given.Record("e1", browserId: Browser);

        Assert.IsType<DeliveryStep.AwaitBrowser>(Decider.Next(_given.Session, _given.Now));
        Assert.Null(_given.Do(Decider.Start(_given.Session, _given.Now)));
        Assert.True(_given.Clear(Browser, 2));
        Assert.False(_given.Clear(Browser, 2));
        Assert.Equal(1, _given.Send());
    }

    [Fact]
    public void Events_before_one_that_waits_are_sent_and_those_behind_it_wait_too()
    {
        _given.WithBrowserId();
        _given.Record("own");
        _given.Link(Browser, generation: 2, from: Before);
        _given.Record("waits", browserId: Browser);
        _given.Record("behind");
        _given.SendAndDeliver();

        Assert.IsType<DeliveryStep.AwaitBrowser>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void A_guest_that_waits_for_another_is_pending_without_any_event()
    {
        _given.Link(Browser, generation: 2, from: Before);
        Assert.True(_given.Session.IsPending);

        _given.Clear(Browser, 2);
        Assert.False(_given.Session.IsPending);
    }

    [Fact]
    public void A_repeated_release_is_recorded_once()
    {
        _given.Link(Browser);
        _given.Record("e1", browserId: Browser);
        _given.Release(Browser);
        var known = _given.History.Count;

        Assert.Equal(ReleaseDecision.Draining, _given.Release(Browser));
        Assert.Equal(known, _given.History.Count);
    }

    [Fact]
    public void A_claim_that_was_never_used_can_be_released_and_not_be_linked_any_more()
    {
        var read = _given.Session.Browsers.Releases;
        Assert.Equal(ReleaseDecision.Drained, _given.Release(Browser));

        Assert.Equal(LinkDecision.Superseded, _given.Link(Browser, releases: read));
        Assert.Equal("cust-42", _given.Session.Guest);
    }

    [Fact]
    public void Releasing_a_claim_that_was_never_used_still_waits_for_the_owner_before_it()
    {
        Assert.Equal(ReleaseDecision.Draining, _given.Release(Browser, generation: 2, from: Before));
        Assert.True(_given.Session.IsPending);

        _given.Clear(Browser, 2);
        Assert.Equal(1, _given.Drain());
    }

    [Fact]
    public void Who_was_named_first_shows_what_was_before_even_if_the_claim_was_never_used()
    {
        const string line = $"browser:{Browser}";
        _given.Release(Browser, generation: 2, from: Before, line: line);

        Assert.Equal([line], _given.Session.Lines);
    }

    [Fact]
    public void A_release_of_a_passed_ownership_changes_nothing()
    {
        _given.Link(Browser, generation: 3, from: Before);

        Assert.Equal(ReleaseDecision.Superseded, _given.Release(Browser, generation: 1));
        Assert.NotNull(_given.Session.Browsers.Held(Browser));
    }

    [Fact]
    public void A_guest_that_gets_a_browser_back_waits_for_the_guest_in_between()
    {
        _given.Link(Browser);
        _given.Record("first", browserId: Browser);
        _given.Release(Browser);
        Assert.Equal(LinkDecision.Linked, _given.Link(Browser, generation: 3, from: Before));
        _given.Record("second", browserId: Browser);
        _given.SendAndDeliver();

        Assert.Equal(1, _given.Drain());
        Assert.IsType<DeliveryStep.AwaitBrowser>(Decider.Next(_given.Session, _given.Now));
        _given.Clear(Browser, 3);
        Assert.Equal(2, _given.Send());
    }

    [Fact]
    public void A_guests_own_browser_id_that_goes_to_another_is_kept_by_what_waits_and_not_by_what_follows()
    {
        _given.WithBrowserId();
        const string own = Given.OwnBrowserId;
        _given.Record("before");
        Assert.Equal(ReleaseDecision.Draining, _given.Release(own));
        _given.Record("after");

        Assert.Equal(own, ((DeliveryStep.Send)Decider.Next(_given.Session, _given.Now)).BrowserId);
        _given.SendAndDeliver();
        Assert.Equal(1, _given.Drain());
        Assert.IsType<DeliveryStep.NeedBrowserId>(Decider.Next(_given.Session, _given.Now));
    }

    [Fact]
    public void Only_a_browser_the_guest_owns_and_need_not_wait_for_becomes_its_own()
    {
        Assert.False(_given.Do(Decider.AssignBrowserId(_given.Session, Browser, null, _given.Now)));
        _given.Link(Browser, generation: 2, from: Before);
        Assert.False(_given.Do(Decider.AssignBrowserId(_given.Session, Browser, null, _given.Now)));
        _given.Clear(Browser, 2);

        Assert.True(_given.Do(Decider.AssignBrowserId(_given.Session, Browser, null, _given.Now)));
    }

    [Fact]
    public void A_guest_gives_up_what_it_holds_by_an_earlier_claim_of_its_own()
    {
        _given.Link(Browser, generation: 1);

        Assert.Equal(ReleaseDecision.Drained, _given.Release(Browser, generation: 2));
        Assert.Null(_given.Session.Browsers.Held(Browser));
    }

    [Fact]
    public void With_settle_an_event_that_waits_for_another_line_overtakes_nothing()
    {
        _given.Settle = TimeSpan.FromSeconds(2);
        _given.Record("first", occurredAt: _given.Now);
        _given.Link(Browser, generation: 2, from: Before);
        _given.Record("waits", browserId: Browser, occurredAt: _given.Now - TimeSpan.FromMinutes(1));

        Assert.Equal(["first", "waits"], _given.LineIds);
    }

    [Fact]
    public void At_the_limit_an_idle_browser_gives_way_and_a_busy_one_does_not()
    {
        var given = new Given(new SessionLimits { Browsers = 2 }) { LinksBrowsers = false };
        given.Link(Browser);
        given.Record("e1", browserId: Browser);
        given.Link(Other);
        Assert.Equal(LinkDecision.Linked, given.Link("third"));
        Assert.Null(given.Session.Browsers.Held(Other));
        given.Record("e3", browserId: "third");

        Assert.Equal(LinkDecision.Full, given.Link("fourth"));
    }

    [Fact]
    public void Releases_are_bounded_too()
    {
        var given = new Given(new SessionLimits { Browsers = 1 });
        given.Release("one", generation: 2, from: Before);
        given.Release("two", generation: 2, from: Before);

        Assert.Equal(ReleaseDecision.Full, given.Release("three", generation: 2, from: Before));
    }

    [Fact]
    public void The_guest_that_names_a_browser_is_found_by_the_browsers_own_line()
    {
        _given.Link(Browser, generation: 2, from: Before, line: $"browser:{Browser}");

        Assert.Equal([$"browser:{Browser}"], _given.Session.Lines);
        Assert.Contains(SearchTerm.Line($"browser:{Browser}"), SearchTerms.Of(_given.History));
    }

    [Fact]
    public void Identifiers_are_reported_under_a_browser_that_is_still_the_guests()
    {
        _given.Link(Browser);
        _given.Record("e1", browserId: Browser);
        _given.Release(Browser);
        _given.Now += TimeSpan.FromSeconds(1);
        _given.Do(Decider.Remember(_given.Session, new RememberIdentifiers(
            "cust-42", [new Identifier("CRM", "1")], default, "i1",
            new CommonEventAttributes("WEB", "EN", "EUR", "harbourbikes/ie", TimeSpan.FromMinutes(20)),
            _ => new(), _given.Now, TimeSpan.Zero, null, _given.Now)));

        Assert.Null(_given.Session.Line.Entries[^1].Event.BrowserId);
    }

    [Fact]
    public void No_browser_that_a_guest_was_named_for_is_forgotten_however_many_there_are()
    {
        string[] lines = [.. Enumerable.Range(1, 200).Select(static number => $"browser:{number}")];
        foreach (var line in lines)
        {
            _given.Link($"b-{line}", generation: 2, from: Before, isDrained: true, line: line);
            _given.Release($"b-{line}", generation: 2);
            _given.Drain();
        }

        Assert.Equal(lines, _given.Session.Lines);
        Assert.Equal(lines, GuestSession.Restore(_given.Session.ToSnapshot(), _given.Session.Limits).Lines);
    }
}
