using System.Text.Json.Nodes;
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
}
