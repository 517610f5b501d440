using System.Buffers;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Core.Tests.Events;

public sealed class WireBodyTests
{
    private const string BrowserId = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";
    private static readonly DateTimeOffset Occurred =
        new(2026, 11, 23, 12, 15, 30, 120, TimeSpan.FromHours(2));

    [Fact]
    public void The_golden_event_is_composed_exactly_so() => Assert.Equal(
        """{"type":"VIEW","page":"/tourers","ext":{"pageVariantId":"v7"},"channel":"WEB","""
        + "\"pos\":\"harbourbikes/ie\","
        + $"\"browser_id\":\"{BrowserId}\",\"client_key\":\"key-1\","
        + "\"requested_at\":\"2026-11-23T10:15:30.120Z\"}",
        Compose(
            """{"type":"VIEW","page":"/tourers","ext":{"pageVariantId":"v7"}}""",
            """{"channel":"WEB","pos":"harbourbikes/ie"}""",
            BrowserId, "key-1", Occurred));

    [Theory]
    [InlineData("""{"n":1.10}""")]
    [InlineData("""{"n":12345678901234567890123456789}""")]
    [InlineData("""{"n":1E+2,"m":-0.0}""")]
    [InlineData("""{"text":"\u00e9\/ é","list":[1, 2],"deep":{ "a" : [ {} ] },"nothing":null}""")]
    [InlineData("""{"pos":"first","pos":"second"}""")]
    [InlineData("{}")]
    public void A_body_without_members_of_ours_passes_byte_for_byte(string body) =>
        Assert.Equal(body, Compose(body, "", null, null, null));

    [Fact]
    public void White_space_between_members_goes_but_inside_them_stays() =>
        Assert.Equal(
            """{"a" : 1,"b":[ 2 ]}""",
            Compose(""" { "a" : 1 , "b":[ 2 ] } """, "", null, null, null));

    [Theory]
    [InlineData("""{"browser_id":"x","type":"VIEW","client_key":"stolen"}""")]
    [InlineData("""{"type":"VIEW","browser\u005fid":"x","client_ke\u0079":{"a":[1]}}""")]
    public void Browser_id_and_client_key_of_the_caller_never_pass(string body) => Assert.Equal(
        """{"type":"VIEW","browser_id":"b","client_key":"k"}""", Compose(body, "", "b", "k", null));

    [Fact]
    public void Browser_id_and_client_key_inside_another_object_are_the_callers_business()
    {
        const string Body = """{"ext":{"browser_id":"x","client_key":"y","requested_at":"z"}}""";
        Assert.Equal(
            Body[..^1] + ""","requested_at":"2026-11-23T10:15:30.120Z"}""",
            Compose(Body, "", null, null, Occurred));
    }

    [Fact]
    public void The_callers_own_requested_at_wins()
    {
        const string Body = """{"requested_at":"2020-01-01T00:00:00.000Z"}""";
        Assert.Equal(Body, Compose(Body, "", null, null, Occurred));
    }

    [Fact]
    public void Values_of_ours_are_escaped() => Assert.Equal(
        """{"client_key":"\u0022,\u0022type\u0022:\u0022X"}""",
        Compose("{}", "", null, "\",\"type\":\"X", null));

    [Theory]
    [InlineData("""{"type":"view" , "n":1.10}""", """{"/type":"VIEW"}""", """{"type":"VIEW","n":1.10}""")]
    [InlineData(
        """{"order":{"a/b":[{"status":"purchased","n":1.0}]},"channel":"web"}""",
        """{"/channel":"WEB","currency":"EUR","/order/a~1b/0/status":"PURCHASED"}""",
        """{"order":{"a/b":[{"status":"PURCHASED","n":1.0}]},"channel":"WEB","currency":"EUR"}""")]
    [InlineData(
        """{"identifiers":[{"id":"1"} ]}""", """{"/identifiers/-":[{"id":"2"},{"id":"3"}]}""",
        """{"identifiers":[{"id":"1"} ,{"id":"2"},{"id":"3"}]}""")]
    [InlineData("""{"list":[]}""", """{"/list/-":[{"id":"2"}]}""", """{"list":[{"id":"2"}]}""")]
    public void Amendments_stand_in_place_and_every_other_byte_passes(string body, string defaults, string sent) =>
        Assert.Equal(sent, Compose(body, defaults, null, null, null));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void Anything_but_an_object_is_a_fault(string body) =>
        Assert.Throws<ArgumentException>(() => Compose(body, "", null, null, null));

    [Fact]
    public void A_cut_body_is_a_fault() =>
        Assert.ThrowsAny<JsonException>(() => Compose("""{"a":{"b":1}""", "", null, null, null));

    private static string Compose(
        string body, string defaults, string? browserId, string? clientKey, DateTimeOffset? requestedAt)
    {
        var output = new ArrayBufferWriter<byte>();
        WireBody.Write(
            output, Utf8Json.Parse(body), Utf8Json.Parse(defaults), browserId, clientKey, requestedAt);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
