using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>A default takes the place of an attribute that is probably there, under another name.</summary>
public sealed class MisnamedDefaultTests
{
    private static readonly EventRules Defaulting = RulesWith(new EventDefaults
    {
        PointOfSale = "harbourbikes/ie",
        Channel = "WEB",
        Language = "EN",
        Currency = "GBP",
    });

    [Theory]
    [InlineData("Pos")]
    [InlineData("POS")]
    [InlineData("pointOfSale")]
    [InlineData("point_of_sale")]
    [InlineData("siteId")]
    [InlineData("site-id")]
    public void A_misnamed_point_of_sale_is_rejected_where_the_default_would_take_its_place(string name)
    {
        var check = ReadRenamed("pos", name, "harbourbikes/de");

        var error = Refused(check, "unusual_name", $"/event/{name}");
        Assert.Contains("the default harbourbikes/ie is sent as pos", error.Detail, StringComparison.Ordinal);
        Assert.EndsWith("Did you mean pos?", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channel", "Channel", "WEB")]
    [InlineData("channel", "chanel", "WEB")]
    [InlineData("language", "lang", "EN")]
    [InlineData("language", "locale", "EN")]
    [InlineData("language", "Language", "EN")]
    [InlineData("currency", "currencyCode", "GBP")]
    [InlineData("currency", "Currency", "GBP")]
    [InlineData("currency", "curency", "GBP")]
    public void Any_other_misnamed_attribute_is_reported_with_the_default_that_is_sent(string meant, string name, string sent)
    {
        var check = ReadRenamed(meant, name, "x");

        Accepted(check);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("unusual_name", $"/event/{name}"), (warning.Code, warning.Path));
        Assert.Contains($"the default {sent} is sent as {meant}", warning.Detail, StringComparison.Ordinal);
        Assert.EndsWith($"Did you mean {meant}?", warning.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_id_under_another_name_is_reported_with_whose_is_sent()
        => Assert.Contains("the guest's own browser id is sent",
            Assert.Single(ReadRenamed("browser_id", "browserId", "x").Warnings).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("pos", "siteId")]
    [InlineData("currency", "currencyCode")]
    public void Beside_the_attribute_itself_it_is_one_of_the_callers_own(string name, string other)
    {
        var body = Event();
        body[other] = "x";
        Assert.True(body.ContainsKey(name));

        Assert.Empty(Accepted(new EnvelopeReader(Defaulting).Read(Utf8(Envelope(body).ToJsonString()))).Event.Warnings);
    }

    [Fact]
    public void An_sdks_event_goes_upstream_all_the_same()
    {
        var body = Event();
        body.Remove("pos");
        body["browser_id"] = "b8a4c1d2-0f3e-4a5b-9c6d-7e8f9a0b1c2d";
        body["pointOfSale"] = "harbourbikes/de";
        var check = new SdkEventReader(Defaulting, new Dictionary<string, string>()).Read(
            Utf8(body.ToJsonString()), siteId: null);

        Assert.Empty(check.Event!.Errors);
        Assert.Contains(check.Event.Warnings, warning => warning.Code == "unusual_name");
    }

    [Fact]
    public void The_id_of_a_site_is_reported_with_its_point_of_sale()
    {
        var rules = RulesWith(new EventDefaults());
        rules.PointsOfSale["harbourbikes/de"].SiteIds.Add("harbourbikes-de");
        var body = Event();
        body["pos"] = "harbourbikes-de";

        Assert.EndsWith("write its point of sale, \"harbourbikes/de\".", Refused(
            new EnvelopeReader(rules).Read(Utf8(Envelope(body).ToJsonString())),
            "unknown_point_of_sale", "/event/pos").Detail, StringComparison.Ordinal);
    }

    private static EnvelopeCheck ReadRenamed(string name, string other, string value)
    {
        var body = Event();
        body.Remove(name);
        body[other] = JsonValue.Create(value);
        return new EnvelopeReader(Defaulting).Read(Utf8(Envelope(body).ToJsonString()));
    }
}
