using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class EventTypeTests
{
    [Theory]
    [InlineData("VIEW")]
    [InlineData("SEARCH")]
    [InlineData("ADD")]
    [InlineData("ADD_CONTACTS")]
    [InlineData("ADD_CONSUMERS")]
    [InlineData("CONFIRM")]
    [InlineData("CHECKOUT")]
    [InlineData("PAYMENT")]
    [InlineData("CLEAR_CART")]
    [InlineData("ORDER_CHECKOUT")]
    [InlineData("FORM")]
    public void Standard_types_are_sent(string type)
        => Assert.Equal(type, Accepted(Read(Envelope(Event(type)))).Event.Type);

    [Theory]
    [InlineData("SC_ANYTHING")]
    [InlineData("sc_anything")]
    [InlineData("FEEDBACK")]
    [InlineData("TRACKING")]
    [InlineData("CAMPAIGN_TRACKING")]
    [InlineData("LOGIN")]
    [InlineData("TRIP_SUMMARY")]
    [InlineData("login")]
    public void Types_that_the_upstream_reserves_are_rejected_as_reserved_event_type(string type)
        => Refused(Read(Envelope(Event(type))), "reserved_event_type", "/event/type");

    [Fact]
    public void A_standard_type_in_lower_case_would_count_as_custom_and_is_fixed()
    {
        var check = Read(Envelope(Event("VIEW").With("type", "view")));

        Assert.Equal("VIEW", Accepted(check).Event.Type);
        Assert.Equal(("normalised", "/event/type"), (check.Warnings[0].Code, check.Warnings[0].Path));
    }

    [Fact]
    public void Both_published_lists_are_covered()
    {
        // 12 that are sent, 23 that are not; the lists of 17 and 30 names share 12, and FORM is in neither.
        Assert.Equal(12, EventTypes.Standard.Count);
        Assert.Equal(23, EventTypes.Reserved.Count);
        Assert.Empty(EventTypes.Standard.Intersect(EventTypes.Reserved));
    }

    [Fact]
    public void A_session_is_not_closed_by_force_unasked()
    {
        Refused(Read(Envelope(Event("FORCE_CLOSE"))), "force_close_not_allowed", "/event/type");
        Refused(Read(Envelope(Event("force_close"))), "force_close_not_allowed", "/event/type");
    }

    [Fact]
    public void A_tenant_can_allow_to_close_sessions_by_force()
    {
        var reader = new EnvelopeReader(Sample.Rules with { Tenant = new TenantRulesOptions { AllowForceClose = true } });

        Accepted(reader.Read(Utf8(Envelope(Event("FORCE_CLOSE")).ToJsonString())));
    }

    [Fact]
    public void A_form_needs_only_its_point_of_sale()
    {
        const string Ext = """ "ext":{"formId":"f","interactionType":"VIEWED"} """;
        var envelope = Accepted(Read($$$"""{"event":{"type":"FORM","pos":"harbourbikes/ie",{{{Ext}}}}}"""));

        Assert.Equal("", envelope.Event.Channel);
        Assert.Null(envelope.Event.Page);
        Refused(Read($$$"""{"event":{"type":"FORM",{{{Ext}}}}}"""), "missing_attribute", "/event/pos");
        Refused(ReadWith("channel", "\"radio\"", "FORM"), "invalid_channel", "/event/channel");
    }

    [Fact]
    public void Orders_are_found_by_their_reference()
    {
        var checkout = Event(EventTypes.Checkout);
        checkout["reference_id"] = "HB-7781";
        var order = Event(EventTypes.OrderCheckout);
        order["order"]!["referenceId"] = "HB-7782";
        var view = Event();
        view["reference_id"] = "HB-7783";

        Assert.Equal("HB-7781", Accepted(Read(Envelope(checkout))).Event.OrderReference);
        Assert.Equal("HB-7782", Accepted(Read(Envelope(order))).Event.OrderReference);
        Assert.Null(Accepted(Read(Envelope(view))).Event.OrderReference);
    }
}
