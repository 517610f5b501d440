using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Single cases of what <c>Upstream/BrowserSessionProperties</c> says of all of them.</summary>
public sealed class ContinuedSessionTests
{
    private const string Browser = "6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";
    private const string Added = """{"type":"ADD","product":{"item_id":"bike-1","quantity":1,"price":900}}""";
    private const string Confirmed = """{"type":"CONFIRM","product":[{"item_id":"bike-1"}]}""";

    private readonly Given _given = new();

    [Fact]
    public void Naming_the_guests_own_browser_is_the_same_session_as_naming_none()
    {
        _given.WithBrowserId();
        _given.Record("e1", "ADD", Added);

        Assert.Empty(_given.Record("e2", "CONFIRM", Confirmed, browserId: Given.OwnBrowserId).Found!);
        Assert.Single(_given.Session.Sessions.All);
    }

    [Fact]
    public void The_next_owner_of_the_guests_own_browser_continues_its_session()
    {
        _given.WithBrowserId();
        _given.Record("e1", "ADD", Added);

        var session = Assert.Single(_given.ReleaseTo("cust-43", Given.OwnBrowserId).Sessions);

        Assert.Equal((Given.OwnBrowserId, "cust-42"), (session.BrowserId, session.ContinuedFrom));
        Assert.Equal("cust-43", Assert.Single(_given.Session.Sessions.All).ContinuedBy);
    }

    [Fact]
    public void A_release_that_is_asked_for_again_answers_with_the_same_sessions()
    {
        _given.Record("e1", "ADD", Added, browserId: Browser);
        var first = _given.ReleaseTo("cust-43", Browser).Sessions;
        _given.Now += TimeSpan.FromHours(1);

        Assert.Equal(first, _given.ReleaseTo("cust-43", Browser).Sessions);
        Assert.Equal(first, _given.ReleaseTo("cust-44", Browser).Sessions);
        Assert.Equal("cust-44", Assert.Single(_given.Session.Sessions.All).ContinuedBy);
    }

    [Fact]
    public void A_release_that_was_read_from_the_row_long_ago_changes_nothing()
    {
        _given.Record("e1", browserId: Browser);
        _given.ReleaseTo("cust-43", Browser);
        _given.SendAndDeliver();
        _given.Drain();
        _given.Link(Browser, generation: 3);
        _given.ReleaseTo("cust-44", Browser, generation: 3);
        _given.Drain();
        var known = _given.History.Count;

        Assert.Equal(ReleaseDecision.Superseded, _given.ReleaseTo("cust-45", Browser, generation: 1).Decision);
        Assert.Equal(known, _given.History.Count);
    }

    [Fact]
    public void Closing_a_guests_sessions_leaves_those_that_another_continues()
    {
        _given.Record("e1", browserId: Browser);
        _given.Release(Browser);

        Assert.Equal(0, _given.Do(Decider.Close(_given.Session, _given.Now)));
    }

    [Fact]
    public void An_order_that_came_before_its_identity_converts_no_session()
    {
        _given.Rules.IdentityRules.Add("CRM");
        _given.Record("e1", "ORDER_CHECKOUT", """{"type":"ORDER_CHECKOUT","order":{"status":"PURCHASED"}}""");

        Assert.NotEqual(
            Core.Sessions.Carts.CartType.Converted, Assert.Single(_given.Session.Sessions.All).CartTypeAt(_given.Now));
    }

    [Fact]
    public void An_identity_that_an_identical_one_superseded_counts_once()
    {
        _given.Record("e1", "IDENTITY");
        _given.Record("e2", "IDENTITY");

        Assert.Equal(1, Assert.Single(_given.Session.Sessions.All).Counts["IDENTITY"]);
    }
}
