using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class ExtTests
{
    [Fact]
    public void Ext_attributes_of_every_scalar_type_are_accepted()
        => Accepted(ReadWith("ext", """{"pageVariantId":"v7","durationMin":25,"share":0.5,"firstFit":true,"no":false}"""));

    [Fact]
    public void An_empty_ext_is_accepted() => Accepted(ReadWith("ext", "{}"));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    public void It_is_an_object(string json) => Refused(ReadWith("ext", json), "wrong_type", "/event/ext");

    [Theory]
    [InlineData("a_b", "/event/ext/a_b", "aB")]
    [InlineData("a/b~c", "/event/ext/a~1b~0c", "aBC")]
    [InlineData("frame-size", "/event/ext/frame-size", "frameSize")]
    [InlineData("frame.size", "/event/ext/frame.size", "frameSize")]
    [InlineData("frame size", "/event/ext/frame size", "frameSize")]
    [InlineData("größe", "/event/ext/größe", null)]
    [InlineData("尺寸", "/event/ext/尺寸", null)]
    public void Names_that_are_not_alphanumeric_are_accepted_with_a_warning(string name, string path, string? advice)
    {
        var check = ReadWith("ext", new JsonObject { [name] = 1 }.ToJsonString());

        Accepted(check);
        var warning = Assert.Single(check.Warnings);
        Assert.Equal(("ext_name_unusual", path), (warning.Code, warning.Path));
        Assert.EndsWith(
            advice is null ? "A-Z a-z 0-9 only." : $"Write it as {advice} where you can.", warning.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/event/ext/")]
    [InlineData(" ", "/event/ext/ ")]
    [InlineData("\u200B", "/event/ext/\u200B")]
    public void An_attribute_without_a_name_is_rejected(string name, string path)
        => Refused(ReadWith("ext", new JsonObject { [name] = 1 }.ToJsonString()), "invalid_ext_name", path);

    [Fact]
    public void An_endless_name_is_pointed_at_by_its_parent()
        => Assert.Equal(
            ("ext_name_unusual", "/event/ext"),
            Warned(ReadWith("ext", $$"""{"{{new string('_', 5000)}}":1}""")));

    [Theory]
    [InlineData("[]")]
    [InlineData("[1,2]")]
    [InlineData("[{\"a\":[null]}]")]
    public void Lists_in_ext_are_accepted_with_a_warning(string json)
        => Assert.Equal(("ext_list", "/event/ext/a"), Warned(ReadWith("ext", $$"""{"a":{{json}}}""")));

    [Theory]
    [InlineData("null", "Omit it if there is no value.")]
    [InlineData("{}", "got an object.")]
    [InlineData("{\"size\":1}", "Write its members as attributes of their own: frameSize.")]
    [InlineData("{\"size\":1,\"the_colour\":2}", "attributes of their own: frameSize, frameTheColour.")]
    [InlineData("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}", "frameA, frameB, frameC, …")]
    public void Objects_and_nulls_are_rejected_with_what_to_write_instead(string json, string advice)
        => Assert.EndsWith(
            advice, Refused(ReadWith("ext", $$"""{"frame":{{json}}}"""), "invalid_ext_value", "/event/ext/frame").Detail,
            StringComparison.Ordinal);

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

    private static (string, string) Warned(EnvelopeCheck check)
    {
        Accepted(check);
        var warning = Assert.Single(check.Warnings);
        return (warning.Code, warning.Path);
    }
}
