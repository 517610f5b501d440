using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class CommonAttributeTests
{
    public static TheoryData<string> Strings =>
        ["type", "channel", "language", "currency", "page", "pos", "browser_id", "requested_at"];

    [Theory]
    [InlineData("type")]
    [InlineData("channel")]
    [InlineData("language")]
    [InlineData("currency")]
    [InlineData("page")]
    [InlineData("pos")]
    public void Common_attributes_are_required(string attribute)
        => Refused(ReadWith(attribute, null), "missing_attribute", $"/event/{attribute}");

    [Theory]
    [MemberData(nameof(Strings))]
    public void Attributes_have_a_json_type(string attribute)
    {
        foreach (var json in (string[])["null", "1", "true", "[]", "{}", "[\"WEB\"]"])
            Refused(ReadWith(attribute, json), "wrong_type", $"/event/{attribute}");
    }

    [Theory]
    [InlineData("type", "\"\"", "invalid_type")]
    [InlineData("type", "\"A\\nB\"", "invalid_type")]
    [InlineData("channel", "\"\"", "invalid_channel")]
    [InlineData("channel", "\"SERVER_SIDE\"", "invalid_channel")]
    [InlineData("currency", "\"\"", "invalid_currency")]
    [InlineData("currency", "\"EU\"", "invalid_currency")]
    [InlineData("currency", "\"978\"", "invalid_currency")]
    [InlineData("page", "\"\"", "invalid_page")]
    [InlineData("pos", "\"\"", "unknown_point_of_sale")]
    [InlineData("pos", "\"harbourbikes/fr\"", "unknown_point_of_sale")]
    [InlineData("pos", "\"HarbourBikes/ie\"", "unknown_point_of_sale")]
    [InlineData("browser_id", "\"\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"undefined\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"5b0f3c1e7a444d3e9b1a2f6c8d9e0a11\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"{5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11}\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a1g\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"00000000-0000-0000-0000-000000000000\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", "invalid_browser_id")]
    [InlineData("browser_id", "\"FFFFFFFF-FFFF-FFFF-FFFF-ffffffffffff\"", "invalid_browser_id")]
    [InlineData("browser_id", "\" 11111111-1111-1111-1111-111111111111\"", "invalid_browser_id")]
    [InlineData("requested_at", "\"\"", "invalid_requested_at")]
    [InlineData("requested_at", "\"2026-11-23T10:15:30\"", "invalid_requested_at")]
    [InlineData("requested_at", "\"2026-11-23T10:15:30.120+02:00\"", "invalid_requested_at")]
    public void Attributes_have_a_form(string attribute, string json, string code)
        => Refused(ReadWith(attribute, json), code, $"/event/{attribute}");

    [Theory]
    [InlineData("type", "\"SADDLE_FITTED\"")]
    [InlineData("type", "\"harbourbikes:CLICKED_PROMO\"")]
    [InlineData("channel", "\"MOBILE_APP\"")]
    [InlineData("language", "\"FR\"")]
    [InlineData("currency", "\"USD\"")]
    [InlineData("page", "\" \"")]
    [InlineData("pos", "\"harbourbikes/de\"")]
    [InlineData("browser_id", "\"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11\"")]
    [InlineData("browser_id", "\"5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11\"")]
    [InlineData("requested_at", "\"2026-11-23T10:15:30.120Z\"")]
    [InlineData("requested_at", "\"2026-11-23T10:15:30+00:00\"")]
    [InlineData("anything_else", "{\"a\":[1,null]}")]
    [InlineData("identifiers", "\"not an IDENTITY event\"")]
    public void Attributes_of_the_right_form_are_accepted(string attribute, string json)
        => Accepted(ReadWith(attribute, json));

    [Theory]
    [InlineData(@"caf\u0065", true)]
    [InlineData(@"a\\b", true)]
    [InlineData(@"a\b", false)]
    [InlineData(@"\u00e9t\u00E9", true)]
    [InlineData("été", true)]
    public void A_name_is_compared_by_what_it_says_and_not_by_how_json_writes_it(string pos, bool isKnown)
    {
        string[] names = ["cafe", @"a\b", "été"];
        var reader = new EnvelopeReader(new EventRules(
            names.ToDictionary(static name => name, static name => new PointOfSaleOptions { Name = name }),
            new EventDefaults(), new IngestOptions()));
        var check = reader.Read(Utf8($$$"""
            {"event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"p","pos":"{{{pos}}}"}}
            """));

        if (isKnown)
            Assert.Contains(Accepted(check).Event.PointOfSale, names);
        else
            Refused(check, "unknown_point_of_sale", "/event/pos");
    }

    [Fact]
    public void A_browser_id_in_capitals_is_sent_as_the_upstream_issues_them()
    {
        var check = ReadWith("browser_id", "\"5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11\"");

        Assert.Equal("5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", Accepted(check).Event.BrowserId);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("normalised", "/event/browser_id"), (warning.Code, warning.Path));
    }

    [Fact]
    public void Each_of_the_13_channels_is_accepted_unchanged()
    {
        Assert.Equal(13, AttributeRules.Channels.Distinct().Count());
        foreach (var channel in AttributeRules.Channels)
            Assert.Equal(channel, Accepted(ReadWith("channel", $"\"{channel}\"")).Event.Channel);
    }

    [Fact]
    public void The_right_spelling_of_a_point_of_sale_is_proposed()
    {
        var pos = Refused(ReadWith("pos", "\"HARBOURBIKES/IE\""), "unknown_point_of_sale", "/event/pos");

        Assert.EndsWith("write it as \"harbourbikes/ie\".", pos.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("browser_id")]
    [InlineData("requested_at")]
    public void Details_do_not_repeat_what_may_be_personal(string attribute)
    {
        var error = Refused(ReadWith(attribute, "\"niamh\""), $"invalid_{attribute}", $"/event/{attribute}");

        Assert.DoesNotContain("niamh", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_cut_long_values_between_characters()
    {
        var pos = new string('x', 63) + "😀" + new string('y', 100);

        var error = Refused(ReadWith("pos", $"\"{pos}\""), "unknown_point_of_sale", "/event/pos");

        Assert.Contains($"\"{new string('x', 63)}…\"", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_key_is_ignored_with_a_warning()
    {
        var check = ReadWith("client_key", "\"ck\"");

        Accepted(check);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("client_key_ignored", "/event/client_key"), (warning.Code, warning.Path));
    }

    [Theory]
    [InlineData("null", "/event/session_data")]
    [InlineData("[]", "/event/session_data")]
    [InlineData("{\"a\":1,\"b/c\":null}", "/event/session_data/b~1c")]
    [InlineData("{\"a\":{}}", "/event/session_data/a")]
    [InlineData("{\"a\":[]}", "/event/session_data/a")]
    public void Session_attributes_are_scalars(string json, string path)
        => Refused(ReadWith("session_data", json), "wrong_type", path);

    [Fact]
    public void Session_attributes_of_every_scalar_type_are_accepted()
        => Accepted(ReadWith("session_data", """{"a":"b","c":true,"d":1,"e":1.5}"""));
}
