using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class IdentityTests
{
    private static readonly Identifier Crm = new("CRM_ID", "HB-20417");
    private static readonly Identifier Email = new("email", "niamh@harbourbikes.example");

    private readonly Given _given = new();

    private Decision<RememberOutcome> Remembering(IReadOnlyList<Identifier> identifiers, string profile = "") =>
        Decider.Remember(_given.Session, new RememberIdentifiers(
            "cust-42", identifiers, profile.Length == 0 ? default : Utf8Json.Parse(profile), $"id-{_given.History.Count}",
            new CommonEventAttributes("WEB", "EN", "EUR", "harbourbikes/de", TimeSpan.FromMinutes(20)),
            DefaultsOf, _given.Now, _given.Settle, TraceParent: null, _given.Now));

    private static EventDefaults DefaultsOf(string pointOfSale) =>
        pointOfSale == "harbourbikes/ie" ? new EventDefaults { Language = "GA" } : new EventDefaults();

    private RecordOutcome? Remember(IReadOnlyList<Identifier> identifiers, string profile = "") =>
        _given.Do(Remembering(identifiers, profile)).Queued;

    private JsonElement LastBody() =>
        JsonDocument.Parse(_given.Session.Line.Entries[^1].Event.Body.Bytes).RootElement;

    [Fact]
    public void A_new_identifier_is_remembered_and_queues_an_identity_event()
    {
        Assert.Equal(RecordDecision.Accepted, Remember([Crm])!.Value.Decision);

        Assert.Equal([Crm], _given.Session.Identifiers.All);
        Assert.Equal("IDENTITY", _given.Session.Line.Head!.Event.Type);
    }

    [Fact]
    public void A_known_identifier_appends_nothing()
    {
        Remember([Crm]);

        Assert.Empty(Remembering([Crm]).Events);
        Assert.Null(Remember([Crm]));
    }

    [Fact]
    public void Every_known_identifier_travels_with_each_identity_event()
    {
        Remember([Crm]);
        Remember([Email]);

        var sent = LastBody().GetProperty("identifiers").EnumerateArray()
            .Select(known => known.GetProperty("provider").GetString());
        Assert.Equal(["CRM_ID", "email"], sent);
    }

    [Fact]
    public void An_expired_identifier_stays_known_but_does_not_travel()
    {
        Remember([Crm with { ExpiryDate = "2020-01-01T00:00" }]);
        Remember([Email]);

        Assert.Single(LastBody().GetProperty("identifiers").EnumerateArray());
        Assert.Equal(2, _given.Session.Identifiers.Count);
    }

    [Fact]
    public void It_names_the_page_of_the_session_it_goes_to()
    {
        _given.Record("a", page: "/basket");
        Remember([Crm]);

        Assert.Equal("/basket", LastBody().GetProperty("page").GetString());
        Assert.Equal("/basket", Assert.Single(_given.Session.Sessions.All).LastPage);
    }

    [Fact]
    public void It_names_the_page_of_the_browser_and_channel_it_goes_to()
    {
        const string Browser = "AAAAAAAA-2222-4333-8444-555555555555";
        _given.Record("a", page: "/app", channel: "MOBILE_APP");
        _given.Now += TimeSpan.FromSeconds(1);
        _given.Record("b", page: "/shop", browserId: Browser);
        Remember([Crm]);

        Assert.Equal("/shop", LastBody().GetProperty("page").GetString());
        Assert.Equal(Browser, _given.Session.Line.Entries[^1].Event.BrowserId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/basket")]
    public void Where_no_session_is_open_its_page_is_no_page_of_the_guest(string? before)
    {
        if (before is not null)
            _given.Record("a", page: before);
        _given.Now += TimeSpan.FromMinutes(20);
        Remember([Crm]);

        Assert.Equal(Decider.IdentityPage, LastBody().GetProperty("page").GetString());
        var session = _given.Session.Sessions.All[^1];
        Assert.Equal((null, null), (session.FirstPage, session.LastPage));
        _given.Record("b", page: "/home");
        Assert.Equal(("/home", "/home"), (_given.Session.Sessions.All[^1].FirstPage, _given.Session.Sessions.All[^1].LastPage));
    }

    [Fact]
    public void A_session_that_was_closed_on_this_side_only_still_names_the_page()
    {
        _given.Record("a", page: "/basket");
        _given.Do(Decider.Close(_given.Session, _given.Now));
        Remember([Crm]);
        Assert.Equal("/basket", LastBody().GetProperty("page").GetString());
        Remember([Email]);
        Assert.Equal("/basket", LastBody().GetProperty("page").GetString());
    }

    [Fact]
    public void A_session_that_was_closed_by_force_names_no_page()
    {
        _given.Record("a", page: "/basket");
        _given.Record("f", "FORCE_CLOSE");
        Remember([Crm]);

        Assert.Equal(Decider.IdentityPage, LastBody().GetProperty("page").GetString());
    }

    [Theory]
    [InlineData("/basket", "/basket")]
    [InlineData(null, Decider.ClosePage)]
    public void A_force_close_names_the_last_page_of_its_session(string? last, string sent)
    {
        if (last is null)
            Remember([Crm]);
        else
            _given.Record("a", page: last);
        var open = Assert.Single(_given.Session.Sessions.OpenAt(_given.Now));

        var closing = Decider.ForceCloseOf(open, new EventDefaults());
        Assert.Equal(last, closing.Page);
        Assert.Equal(sent, JsonDocument.Parse(closing.Body.Bytes).RootElement.GetProperty("page").GetString());
    }

    [Fact]
    public void The_profile_travels_on_top_of_the_event()
    {
        Remember([Crm], """{"firstname":"Niamh"}""");

        Assert.Equal("Niamh", LastBody().GetProperty("firstname").GetString());
    }

    [Fact]
    public void A_changed_profile_queues_an_event_and_the_same_one_does_not()
    {
        Remember([Crm], """{"firstname":"Niamh"}""");

        Assert.Null(Remember([Crm], """{"firstname":"Niamh"}"""));
        Assert.NotNull(Remember([Crm], """{"firstname":"Neve"}"""));
        Assert.Null(Remember([Crm], """{"firstname":"Neve"}"""));
    }

    [Fact]
    public void An_identity_event_follows_the_channel_and_browser_of_the_latest_session()
    {
        _given.Record("a", channel: "MOBILE_APP", browserId: "11111111-2222-4333-8444-555555555555");
        Remember([Crm]);

        Assert.Equal("MOBILE_APP", LastBody().GetProperty("channel").GetString());
        Assert.Equal("11111111-2222-4333-8444-555555555555", _given.Session.Line.Entries[^1].Event.BrowserId);
        Assert.Single(_given.Session.Sessions.All);
    }

    [Fact]
    public void An_identity_event_speaks_the_language_of_the_point_of_sale_it_names()
    {
        Remember([Crm]);
        Assert.Equal("EN", LastBody().GetProperty("language").GetString());

        var elsewhere = new Given();
        elsewhere.Record("a");
        elsewhere.Do(Decider.Remember(elsewhere.Session, new RememberIdentifiers(
            "cust-42", [Email], default, "id", new CommonEventAttributes("WEB", "EN", "EUR", "harbourbikes/de", default),
            DefaultsOf, elsewhere.Now, TimeSpan.Zero, null, elsewhere.Now)));
        var body = JsonDocument.Parse(elsewhere.Session.Line.Entries[^1].Event.Body.Bytes).RootElement;

        Assert.Equal("harbourbikes/ie", body.GetProperty("pos").GetString());
        Assert.Equal("GA", body.GetProperty("language").GetString());
    }

    [Fact]
    public void Identifiers_that_do_not_fit_into_one_event_are_rejected_and_none_is_remembered()
    {
        var long1 = new Identifier("CRM", new string('a', 1_000));
        var given = new Given(new SessionLimits { IdentityBytes = 1_100 });
        var decision = Decider.Remember(given.Session, new RememberIdentifiers(
            "cust-42", [long1], default, "id", new CommonEventAttributes("WEB", "EN", "EUR", "harbourbikes/de", default),
            DefaultsOf, given.Now, TimeSpan.Zero, null, given.Now));

        Assert.Empty(decision.Events);
        Assert.Equal(EventCodes.TooManyIdentifiers, decision.Result.Queued!.Value.Code);
    }

    [Fact]
    public void No_two_identifiers_share_a_search_term() =>
        Assert.NotEqual(SearchTerm.Identifier("a", "b:c"), SearchTerm.Identifier("a:b", "c"));

    [Fact]
    public void Identity_overtakes_nothing()
    {
        _given.Record("a");
        Remember([Crm]);
        _given.Record("b");

        Assert.Equal(["VIEW", "IDENTITY", "VIEW"], _given.Session.Line.Entries.Select(entry => entry.Event.Type));
    }

    [Fact]
    public void A_full_backlog_remembers_nothing()
    {
        var given = new Given(new SessionLimits { UndeliveredEvents = 0 });
        var decision = Decider.Remember(given.Session, new RememberIdentifiers(
            "cust-42", [Crm], default, "id", new CommonEventAttributes("WEB", "EN", "EUR", "p", TimeSpan.FromMinutes(1)),
            DefaultsOf, given.Now, TimeSpan.Zero, null, given.Now));

        Assert.Empty(decision.Events);
        Assert.Equal(RecordDecision.Retry, decision.Result.Queued!.Value.Decision);
    }

    [Fact]
    public void A_pair_that_is_repeated_in_one_request_counts_once_and_the_last_one_wins()
    {
        var later = Crm with { ExpiryDate = "2030-01-01T00:00" };
        Remember([Crm, later]);

        Assert.Equal([later], _given.Session.Identifiers.All);
    }

    [Fact]
    public void What_an_event_makes_known_can_be_searched()
    {
        var events = _given.Deciding(
            "a", "IDENTITY", identifiers: [Crm], browserId: "AAAAAAAA-2222-4333-8444-555555555555", order: "HB-7781").Events;

        Assert.Equal(
            [
                SearchTerm.Identifier("crm_id ", "hb-20417"),
                SearchTerm.Text(" HB-20417"),
                SearchTerm.BrowserId("aaaaaaaa-2222-4333-8444-555555555555"),
                SearchTerm.OrderReference("HB-7781"),
            ],
            SearchTerms.Of(events));
    }

    [Fact]
    public void Bodies_that_differ_have_other_hashes() =>
        Assert.NotEqual(ContentHash.Of("{\"a\":1}"u8), ContentHash.Of("{\"a\":1.0}"u8));
}
