using System.Text;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Tests.Events;

public sealed class EventDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""", null)]
    [InlineData("""{"a":"A"}""", """ { "a" : "\u0041" } """, null)]
    [InlineData("""{"a":1}""", """{"a":2}""", "/event/a")]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "/event/a")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", "/event/a")]
    [InlineData("""{"a":null}""", """{}""", "/event/a")]
    [InlineData("""{}""", """{"a~/b":1}""", "/event/a~0~1b")]
    [InlineData("""{"a":1,"b":1}""", """{"b":2,"a":2}""", "/event/b")]
    [InlineData("""{"a":{"b":[1,{"c":true}]}}""", """{"a":{"b":[1,{"c":false}]}}""", "/event/a/b/1/c")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", "/event/a/1")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", "/event/a/1")]
    public void The_first_path_that_differs_is_found(string first, string later, string? path)
        => Assert.Equal(path, EventDifference.Find(Json(first), Json(later)));

    private static Utf8Json Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
