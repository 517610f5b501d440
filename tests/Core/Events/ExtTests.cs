using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class ExtTests
{
    [Fact]
    public void Scalars_of_every_type_are_taken()
        => Accepted(ReadWith("ext", """{"pageVariantId":"v7","durationMin":25,"share":0.5,"firstFit":true,"no":false}"""));

    [Fact]
    public void An_empty_ext_is_taken() => Accepted(ReadWith("ext", "{}"));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    public void It_is_an_object(string json) => Refused(ReadWith("ext", json), "wrong_type", "/event/ext");

    [Theory]
    [InlineData("a_b", "/event/ext/a_b")]
    [InlineData("a/b~c", "/event/ext/a~1b~0c")]
    [InlineData("", "/event/ext/")]
    [InlineData("größe", "/event/ext/größe")]
    public void Names_are_alphanumeric(string name, string path)
        => Refused(ReadWith("ext", new JsonObject { [name] = 1 }.ToJsonString()), "invalid_ext_name", path);

    [Fact]
    public void An_endless_name_is_pointed_at_by_its_parent()
        => Refused(ReadWith("ext", $$"""{"{{new string('_', 5000)}}":1}"""), "invalid_ext_name", "/event/ext");

    [Theory]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("{\"b\":1}")]
    public void Values_are_scalars(string json)
        => Refused(ReadWith("ext", $$"""{"a":{{json}}}"""), "invalid_ext_value", "/event/ext/a");

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void There_are_at_most_50(int count, bool accepted)
    {
        var ext = new JsonObject();
        for (var i = 0; i < count; i++)
            ext[$"attribute{i}"] = i;
        var check = ReadWith("ext", ext.ToJsonString());

        if (accepted)
            Accepted(check);
        else
            Refused(check, "too_many_ext_attributes", "/event/ext");
    }

    [Fact]
    public void What_the_sdks_write_is_taken_with_warnings()
    {
        var body = Event().With("ext", JsonNode.Parse("""{"basket_size":2,"sizes":["M","L"],"größe":"M"}"""));
        var sdk = new EnvelopeReader(Sample.Rules with { SdkTraffic = true });

        var check = sdk.Read(Utf8(Envelope(body).ToJsonString()));

        Accepted(check);
        Assert.Equal(
            [("invalid_ext_name", "/event/ext/basket_size"), ("invalid_ext_value", "/event/ext/sizes"),
                ("invalid_ext_name", "/event/ext/größe")],
            check.Warnings.Select(warning => (warning.Code, warning.Path)));
        Assert.False(sdk.Read(Utf8(Envelope(Event().With("ext", JsonNode.Parse("""{"a":{"b":1}}"""))).ToJsonString()))
            .Envelope is not null);
    }

    [Fact]
    public void What_the_sdks_leave_out_or_empty_is_taken_with_warnings()
    {
        var defaults = new EventDefaults { Currency = "EUR", PointOfSale = "harbourbikes/ie" };
        var sdk = new EnvelopeReader(RulesWith(defaults) with { SdkTraffic = true });

        var check = sdk.Read(Utf8("""{"event":{"type":"VIEW","page":"","language":"","currency":"","pos":""}}"""));

        Assert.Equal("""{"/pos":"harbourbikes/ie","/currency":"EUR"}""", Accepted(check).Event.Defaults.ToString());
        Assert.Equal(["/event/channel", "/event/language", "/event/page"], check.Warnings.Select(warning => warning.Path));
        Assert.Null(sdk.Read(Utf8("""{"event":{"type":"VIEW","browser_id":""}}""")).Envelope);
    }
}
