using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Events;

public sealed class IdentifiersRequestReaderTests
{
    private const string One = """[{"provider":"CRM_ID","id":"HB-20417"}]""";

    private static readonly IdentifiersRequestReader Reader = new(new IngestOptions(), new TenantRulesOptions());

    [Fact]
    public void Identifiers_and_profile_are_read()
    {
        var check = Read("""
            {"identifiers":[{"provider":"CRM_ID","id":"HB-20417","expiry_date":"2030-01-01T00:00"}],
             "profile":{ "email":"n@x.y", "street":["1 Quay St","Flat 2"] }}
            """);

        Assert.Empty(check.Errors);
        Assert.Equal([new Identifier("CRM_ID", "HB-20417", "2030-01-01T00:00")], check.Request!.Identifiers);
        Assert.Equal("""{ "email":"n@x.y", "street":["1 Quay St","Flat 2"] }""", check.Request.Profile.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","profile":{}""")]
    public void A_profile_may_be_absent_or_empty(string profile)
        => Assert.True(Read($$"""{"identifiers":{{One}}{{profile}}}""").Request!.Profile.IsEmpty);

    [Fact]
    public void A_profile_with_every_personal_attribute_is_accepted()
    {
        var profile = new JsonObject();
        var whole = SampleEvents.Own("IDENTITY");
        foreach (var rule in TypeRules.Person)
            profile[rule.Name] = whole[rule.Name]!.DeepClone();

        Assert.Equal(13, profile.Count);
        Assert.Empty(Read($$"""{"identifiers":{{One}},"profile":{{profile.ToJsonString()}}}""").Errors);
    }

    [Theory]
    [InlineData("[]", "wrong_type", "")]
    [InlineData("{", "malformed_json", "")]
    [InlineData("{}", "missing_attribute", "/identifiers")]
    [InlineData("""{"identifiers":[]}""", "empty_identifiers", "/identifiers")]
    [InlineData("""{"identifiers":[{"id":"i"}]}""", "missing_attribute", "/identifiers/0/provider")]
    [InlineData("""{"identifiers":[{"provider":"p","id":"i","x~":1}]}""", "unknown_member", "/identifiers/0/x~0")]
    [InlineData($$"""{"identifiers":{{One}},"guest":"g"}""", "unknown_member", "/guest")]
    [InlineData($$"""{"identifiers":{{One}},"profile":7}""", "wrong_type", "/profile")]
    [InlineData($$$"""{"identifiers":{{{One}}},"profile":{"email":1}}""", "wrong_type", "/profile/email")]
    [InlineData($$$"""{"identifiers":{{{One}}},"profile":{"street":"a"}}""", "wrong_type", "/profile/street")]
    [InlineData($$$"""{"identifiers":{{{One}}},"profile":{"street":["a",1]}}""", "wrong_type", "/profile/street/1")]
    [InlineData($$$"""{"identifiers":{{{One}}},"profile":{"firstName":"a"}}""", "unknown_member", "/profile/firstName")]
    [InlineData($$$"""{"identifiers":{{{One}}},"profile":{"type":"VIEW"}}""", "unknown_member", "/profile/type")]
    public void Faults_are_reported_where_they_are(string json, string code, string path)
    {
        var check = Read(json);

        var error = Assert.Single(check.Errors);
        Assert.Equal((code, path), (error.Code, error.Path));
        Assert.Null(check.Request);
    }

    [Theory]
    [InlineData("2020-01-01T00:00", true)]
    [InlineData("2026-11-23T10:00", true)]
    [InlineData("2026-11-23T10:01", false)]
    public void An_identifier_that_no_identity_will_carry_is_reported(string expiry, bool isExpired)
    {
        var check = Read($$"""{"identifiers":[{"provider":"p","id":"i"},{"provider":"CRM_ID","id":"i","expiry_date":"{{expiry}}"}]}""");

        Assert.NotNull(check.Request);
        Assert.Equal(
            isExpired ? "expired_identifier /identifiers/1/expiry_date" : "",
            string.Join(',', check.Warnings.Select(static warning => $"{warning.Code} {warning.Path}")));
    }

    [Fact]
    public void It_is_no_larger_than_an_event()
    {
        var limit = new IngestOptions().EventBytes;
        var json = $$"""{"identifiers":{{One}}}""";

        Assert.Empty(Read(json.PadRight(limit)).Errors);
        Assert.Equal("event_too_large", Assert.Single(Read(json.PadRight(limit + 1)).Errors).Code);
    }

    private static IdentifiersCheck Read(string json) => Reader.Read(
        Sample.Utf8(json), new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
}
