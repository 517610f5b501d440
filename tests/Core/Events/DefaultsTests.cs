using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class DefaultsTests
{
    private static readonly EnvelopeReader WithDefaults = new(RulesWith(new EventDefaults
    {
        Channel = "MOBILE_APP",
        Language = "EN",
        Currency = "GBP",
        PointOfSale = "harbourbikes/de",
    }));

    [Fact]
    public void Nothing_is_added_to_a_complete_event()
        => Assert.True(Accepted(WithDefaults.Read(Utf8(Envelope().ToJsonString()))).Event.Defaults.IsEmpty);

    [Fact]
    public void The_point_of_sale_wins_over_the_tenant()
    {
        var envelope = Accepted(ReadBody(new JsonObject { ["type"] = "VIEW", ["page"] = "p" }));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(envelope.Event.Defaults.ToString()), new JsonObject
        {
            ["pos"] = "harbourbikes/de",
            ["channel"] = "MOBILE_APP",
            ["language"] = "DE",
            ["currency"] = "EUR",
        }));
        Assert.Equal(("harbourbikes/de", "MOBILE_APP"), (envelope.Event.PointOfSale, envelope.Event.Channel));
        Assert.Equal("""{"type":"VIEW","page":"p"}""", envelope.Event.Body.ToString());
    }

    [Fact]
    public void Only_absent_members_are_filled()
    {
        var body = Event();
        body.Remove("language");

        Assert.Equal("""{"language":"EN"}""", Accepted(ReadBody(body)).Event.Defaults.ToString());
    }

    [Theory]
    [InlineData("currency", "invalid_currency")]
    [InlineData("channel", "invalid_channel")]
    [InlineData("pos", "unknown_point_of_sale")]
    public void An_empty_string_is_not_absent(string attribute, string code)
    {
        var body = Event();
        body[attribute] = "";

        Refused(ReadBody(body), code, $"/event/{attribute}");
    }

    [Fact]
    public void An_empty_default_fills_nothing()
    {
        var reader = new EnvelopeReader(RulesWith(new EventDefaults { Language = "" }));
        var body = Event();
        body.Remove("language");

        Refused(reader.Read(Utf8(Envelope(body).ToJsonString())), "missing_attribute", "/event/language");
    }

    [Fact]
    public void A_default_point_of_sale_has_to_exist()
    {
        var reader = new EnvelopeReader(RulesWith(new EventDefaults { PointOfSale = "gone" }));
        var body = Event();
        body.Remove("pos");

        Refused(reader.Read(Utf8(Envelope(body).ToJsonString())), "unknown_point_of_sale", "/event/pos");
    }

    [Fact]
    public void Defaults_do_not_change_the_content_hash()
    {
        const string body = """{"event":{"type":"VIEW","page":"p"}}""";
        var other = new EnvelopeReader(RulesWith(new EventDefaults
        {
            Channel = "WEB",
            PointOfSale = "harbourbikes/de",
        }));

        Assert.Equal(Accepted(WithDefaults.Read(Utf8(body))).Hash, Accepted(other.Read(Utf8(body))).Hash);
    }

    private static EnvelopeCheck ReadBody(JsonObject body)
        => WithDefaults.Read(Utf8(Envelope(body).ToJsonString()));
}
