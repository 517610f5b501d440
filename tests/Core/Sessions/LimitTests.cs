using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>Every bound of <see cref="SessionLimits"/> that the core answers for, reached and passed.</summary>
public sealed class LimitTests
{
    [Fact]
    public void One_event_more_than_the_backlog_holds_is_answered_with_a_retry()
    {
        var given = new Given(new SessionLimits { UndeliveredEvents = 2 });
        given.Record("a");
        Assert.Equal(RecordDecision.Accepted, given.Record("b").Decision);

        var refused = given.Deciding("c");

        Assert.Empty(refused.Events);
        Assert.Equal(RecordDecision.Retry, refused.Result.Decision);
        Assert.Equal(EventCodes.GuestBacklogFull, refused.Result.Code);
    }

    [Fact]
    public void A_full_backlog_still_recognises_duplicates()
    {
        var given = new Given(new SessionLimits { UndeliveredEvents = 1 });
        given.Record("a");

        Assert.Equal(RecordDecision.Duplicate, given.Record("a").Decision);
    }

    [Fact]
    public void The_backlog_is_bounded_in_bytes_too()
    {
        var given = new Given(new SessionLimits { UndeliveredBytes = 20 });
        Assert.Equal(RecordDecision.Accepted, given.Record("a", content: """{"page":"1234567"}""").Decision);

        Assert.Equal(RecordDecision.Retry, given.Record("b", content: """{"p":1}""").Decision);
    }

    [Fact]
    public void A_delivered_event_frees_capacity()
    {
        var given = new Given(new SessionLimits { UndeliveredEvents = 1 }).WithBrowserId();
        given.Record("a");
        given.SendAndDeliver();

        Assert.Equal(RecordDecision.Accepted, given.Record("b").Decision);
    }

    [Theory]
    [InlineData(1, 8_000_000)]
    [InlineData(1_000, 5)]
    public void The_line_waits_while_too_much_is_set_aside(int events, long bytes)
    {
        var given = new Given(new SessionLimits { SetAsideEvents = events, SetAsideBytes = bytes }).WithBrowserId();
        given.Record("a");
        given.Record("b");
        given.Send();
        given.End(AttemptOutcome.Refused);

        Assert.IsType<DeliveryStep.SetAsideFull>(Decider.Next(given.Session, given.Now));
        Assert.Null(given.Do(Decider.Start(given.Session, given.Now)));
        Assert.Equal(RecordDecision.Accepted, given.Record("c").Decision);
    }

    [Fact]
    public void One_identifier_more_than_a_guest_can_have_is_rejected_and_uses_up_no_id()
    {
        var given = new Given(new SessionLimits { Identifiers = 1 });
        given.Record("a", "IDENTITY", identifiers: [new Identifier("CRM", "1")]);

        var refused = given.Record("b", "IDENTITY", identifiers: [new Identifier("CRM", "2")]);

        Assert.Equal(EventCodes.TooManyIdentifiers, refused.Code);
        Assert.Equal(RecordDecision.Accepted, given.Record("b", "VIEW").Decision);
    }

    [Fact]
    public void A_known_identifier_with_another_expiry_date_takes_no_more_capacity()
    {
        var given = new Given(new SessionLimits { Identifiers = 1 });
        given.Record("a", "IDENTITY", identifiers: [new Identifier("CRM", "1")]);

        var again = given.Record("b", "IDENTITY", identifiers: [new Identifier("CRM", "1", "2030-01-01T00:00")]);

        Assert.Equal(RecordDecision.Accepted, again.Decision);
        Assert.Equal("2030-01-01T00:00", Assert.Single(given.Session.Identifiers.All).ExpiryDate);
    }

    [Fact]
    public void The_oldest_session_is_forgotten_first()
    {
        var given = new Given(new SessionLimits { Sessions = 2 });
        foreach (var channel in (string[])["WEB", "EMAIL", "SMS"])
            given.Record(channel, channel: channel);

        Assert.Equal(["EMAIL", "SMS"], given.Session.Sessions.All.Select(session => session.Channel));
    }

    [Fact]
    public void An_event_of_a_forgotten_session_is_still_recorded()
    {
        var given = new Given(new SessionLimits { Sessions = 1 });
        given.Record("a", channel: "WEB");
        given.Record("b", channel: "EMAIL");

        Assert.Equal(RecordDecision.Accepted, given.Record("c", channel: "WEB").Decision);
        Assert.Equal(3, given.Session.LastSession);
    }

    [Fact]
    public void Types_beyond_the_counted_ones_count_as_other()
    {
        var given = new Given(new SessionLimits { CountedTypes = 1 });
        given.Record("a", "VIEW");
        given.Record("b", "SADDLE_FITTED");
        given.Record("c", "BELL_RUNG");
        given.Record("d", "VIEW");

        var counts = Assert.Single(given.Session.Sessions.All).Counts;
        Assert.Equal(2, counts["VIEW"]);
        Assert.Equal(2, counts[UpstreamSessions.OtherTypes]);
    }

    [Fact]
    public void Types_of_a_tenants_own_count_together_in_sessions_before_the_latest()
    {
        var given = new Given(new SessionLimits { CartsInFull = 1 });
        given.Record("a", "VIEW");
        given.Record("b", "SADDLE_FITTED");
        given.Record("c", "BELL_RUNG");
        given.Record("d", channel: "SMS");
        given.Record("e", "HORN_BLOWN");

        var counts = given.Session.Sessions.All[0].Counts;
        Assert.Equal(("VIEW", 1), Assert.Single(counts, count => count.Key != UpstreamSessions.OtherTypes) is var one ? (one.Key, one.Value) : default);
        Assert.Equal(3, counts[UpstreamSessions.OtherTypes]);
        Assert.Equal(4, given.Session.Sessions.All[0].Events);
    }

    [Fact]
    public void A_type_of_a_long_name_counts_as_other()
    {
        var given = new Given();
        given.Record("a", new string('x', UpstreamSessions.LongestCountedType + 1));

        Assert.Equal(UpstreamSessions.OtherTypes, Assert.Single(Assert.Single(given.Session.Sessions.All).Counts).Key);
    }

    [Fact]
    public void The_identifiers_of_a_guest_are_bounded_in_characters_too()
    {
        var given = new Given(new SessionLimits { IdentityBytes = 10 });
        given.Record("a", "IDENTITY", identifiers: [new Identifier("CRM", "12345")]);

        Assert.Equal(
            EventCodes.TooManyIdentifiers, given.Record("b", "IDENTITY", identifiers: [new Identifier("q", "12")]).Code);
        Assert.Equal(
            RecordDecision.Accepted, given.Record("c", "IDENTITY", identifiers: [new Identifier("q", "1")]).Decision);
    }

    [Fact]
    public void The_identifiers_of_an_SDK_beyond_the_bound_travel_and_are_not_remembered()
    {
        var given = new Given(new SessionLimits { Identifiers = 1 });
        given.Rules.Strict = true;
        given.Record("a", "IDENTITY", identifiers: [new Identifier("CRM", "1")]);
        var more = given.Deciding("b", "IDENTITY", identifiers: [new Identifier("CRM", "2")]);
        Assert.Equal(RecordDecision.Rejected, more.Result.Decision);

        Assert.Equal(
            RecordDecision.Accepted, given.RecordFromSdk("c", "IDENTITY", identifiers: [new Identifier("CRM", "2")]).Decision);
        Assert.Equal(1, given.Session.Identifiers.Count);
        Assert.Equal(RecordDecision.Accepted, given.RecordFromSdk("d", "CHECKOUT").Decision);
    }
}
