using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Tests.Events;

public sealed class ReplayMarkTests
{
    [Theory]
    [InlineData("{}", """{"ext":{"replayed":true}}""")]
    [InlineData("""{ "type":"VIEW" }""", """{ "type":"VIEW" ,"ext":{"replayed":true}}""")]
    [InlineData("""{"ext":{},"type":"VIEW"}""", """{"ext":{"replayed":true},"type":"VIEW"}""")]
    [InlineData(
        """{"product":[{"ext":{"a":1}}],"ext":{"a":{"b":[1]} },"p": 1.50}""",
        """{"product":[{"ext":{"a":1}}],"ext":{"a":{"b":[1]} ,"replayed":true},"p": 1.50}""")]
    public void The_mark_comes_on_top_and_every_other_byte_stays(string before, string after) =>
        Assert.Equal(after, ReplayMark.Add(Utf8Json.Parse(before)).ToString());

    [Theory]
    [InlineData("""{"ext":{"replayed":"by the caller"}}""")]
    [InlineData("""{"ext":7}""")]
    [InlineData("""{"ext":null}""")]
    public void Where_there_is_no_place_for_it_the_event_stays_as_it_is(string body) =>
        Assert.Equal(body, ReplayMark.Add(Utf8Json.Parse(body)).ToString());

    [Theory]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void The_upstreams_limit_of_attributes_is_kept(int attributes, bool isMarked)
    {
        var ext = Enumerable.Range(0, attributes).ToDictionary(number => $"a{number}", number => number);
        var body = Utf8Json.Parse(JsonSerializer.Serialize(new { ext }));

        Assert.Equal(isMarked, ReplayMark.Add(body) != body);
    }
}
