using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>What lies below a wrong shape, or in a wrong place, is told together with it.</summary>
public sealed class MisplacedTests
{
    private const string Bad =
        """{"type":"VIEW","channel":"NOPE","language":"EN","currency":"EUR","page":"/p","pos":"harbourbikes/ie"}""";

    private static readonly string Text = JsonValue.Create(Bad).ToJsonString();

    public static TheoryData<string, string, string> Shapes => new()
    {
        { $$"""{"event":[{{Bad}}]}""", "/event", "/event/0/channel" },
        { $$"""{"event":{{Text}}}""", "/event", "/event/channel" },
        { $$"""{"Event":{{Bad}}}""", "/Event", "/Event/channel" },
        { Bad, "/type", "/channel" },
        { $$"""[{"event":{{Bad}}}]""", "", "/0/event/channel" },
        { $$"""[{"event":{{Bad}}},{"event":{{Bad}}}]""", "", "/1/event/channel" },
        { JsonValue.Create($$"""{"event":{{Bad}}}""").ToJsonString(), "", "/event/channel" },
        { $$"""{"Events":[{"event":{{Bad}}}]}""", "/Events", "/Events/0/event/channel" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_event_in_a_wrong_shape_or_place_is_read_all_the_same(string body, string outer, string inner)
    {
        var check = Read(body);

        Assert.Null(check.Envelope);
        Assert.Contains(check.Errors, error => error.Path == outer && error.Code is "wrong_type" or "unknown_member");
        Assert.Contains(check.Errors, error => (error.Code, error.Path) == ("invalid_channel", inner));
    }

    [Theory]
    [InlineData("""{"events":{"event":BAD}}""", "/events/event/channel")]
    [InlineData("""{"events":[{"event":BAD}]}""", "/events/0/event/channel")]
    [InlineData("""{"event":BAD}""", "/event/channel")]
    public void So_are_the_envelopes_of_a_body_of_another_shape(string body, string inner)
    {
        var check = Reader.ReadMisshapen(
            Utf8(body.Replace("BAD", Bad, StringComparison.Ordinal)), new Violation("wrong_type", "", "Expected another."));

        Assert.Null(check.Envelope);
        Assert.Equal(["wrong_type", "invalid_channel"], check.Errors.Select(static error => error.Code));
        Assert.Equal(inner, check.Errors[1].Path);
    }

    [Theory]
    [InlineData("ext", """[{"a":{"b":1}}]""", "/event/ext/0/a", "invalid_ext_value")]
    [InlineData("ext", """[[{"a":1}],{"":1}]""", "/event/ext/1/", "invalid_ext_name")]
    [InlineData("ext", """ "{\"a\":{\"b\":1}}" """, "/event/ext/a", "invalid_ext_value")]
    [InlineData("session_data", """[{"a":{"b":1}}]""", "/event/session_data/0/a", "wrong_type")]
    [InlineData("session_data", """ "{\"a\":[]}" """, "/event/session_data/a", "wrong_type")]
    public void So_is_what_lies_below_attributes_of_another_shape(string name, string json, string path, string code)
    {
        var errors = ReadWith(name, json).Errors;

        Assert.Contains(errors, error => (error.Code, error.Path) == ("wrong_type", $"/event/{name}"));
        Assert.Contains(errors, error => (error.Code, error.Path) == (code, path));
    }

    [Theory]
    [InlineData("ADD", "product", "{}", "missing_attribute")]
    [InlineData("CONFIRM", "product", "[{}]", "missing_attribute")]
    [InlineData("IDENTITY", "identifiers", """[{"provider":"CRM"}]""", "missing_attribute")]
    public void What_stands_in_a_text_is_read_too(string type, string name, string json, string code)
        => Assert.Contains(ReadWith(name, JsonValue.Create(json).ToJsonString(), type).Errors, error =>
            error.Code == code && error.Path.StartsWith($"/event/{name}/", StringComparison.Ordinal));

    [Fact]
    public void An_event_in_a_wrong_place_teaches_no_types()
    {
        List<ExtAttribute> learned = [];
        var reader = new EnvelopeReader(RulesWith(new EventDefaults()) with { ExtTypes = new ExtTypes(learned.Add) });
        var body = Event();
        body["ext"] = new JsonObject { ["size"] = 5 };

        reader.Read(Utf8(new JsonObject { ["event"] = new JsonArray(body) }.ToJsonString()));

        Assert.Empty(learned);
    }

    [Fact]
    public void A_null_of_the_other_form_says_that_it_is_absent()
    {
        var envelope = Envelope();
        envelope["events"] = null;

        Accepted(Read(envelope));
    }

    [Theory]
    [InlineData("""{"provider":"CRM","id":"7"}""", "/identifiers", """{"identifiers":[{"provider":"…","id":"…"}]}.""")]
    [InlineData("""{"Provider":"CRM","Id":"7"}""", "/identifiers", """{"identifiers":[{"provider":"…","id":"…"}]}.""")]
    [InlineData("""[{"provider":"CRM","id":"7"}]""", "", """{"identifiers":[…]}.""")]
    [InlineData("""{"identifiers":["7"]}""", "/identifiers/0", """{"provider":"…","id":"…"}.""")]
    [InlineData("""{"identifiers":"7"}""", "/identifiers", """[{"provider":"…","id":"…"}].""")]
    public void Identifiers_in_a_wrong_shape_are_reported_with_the_right_one(string body, string path, string advice)
        => Assert.EndsWith(advice, Assert.Single(Identifiers(body).Errors, error => error.Path == path).Detail,
            StringComparison.Ordinal);

    [Fact]
    public void What_lies_below_a_profile_of_another_shape_is_reported_too()
        => Assert.Equal(
            ["/profile", "/profile/0/firstName"],
            Identifiers("""{"identifiers":[{"provider":"CRM","id":"7"}],"profile":[{"firstName":"Ada"}]}""")
                .Errors.Select(static error => error.Path));

    private static IdentifiersCheck Identifiers(string body)
        => new IdentifiersRequestReader(new IngestOptions(), new TenantRulesOptions()).Read(Utf8(body), DateTimeOffset.UnixEpoch);
}
