using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using GuestSessions.Core.Sessions;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class IdentityTests
{
    [Fact]
    public void Identifiers_are_read()
    {
        var envelope = Accepted(ReadWith("identifiers",
            """
            [{"provider":"CRM_ID","id":"HB-20417","expiry_date":"2030-01-01T00:00","more":1},
             {"provider":"email","id":"n@x.y"}]
            """,
            "IDENTITY"));

        Assert.Equal([new Identifier("CRM_ID", "HB-20417", "2030-01-01T00:00"), new Identifier("email", "n@x.y")],
            envelope.Event.Identifiers);
    }

    [Fact]
    public void Other_types_have_no_identifiers()
    {
        var check = ReadWith("identifiers", """[{"provider":"p","id":"i"}]""", "VIEW");

        Assert.Empty(Accepted(check).Event.Identifiers);
    }

    [Theory]
    [InlineData(null, "missing_attribute", "")]
    [InlineData("null", "wrong_type", "")]
    [InlineData("{}", "wrong_type", "")]
    [InlineData("[]", "empty_identifiers", "")]
    [InlineData("[1]", "wrong_type", "/0")]
    [InlineData("[{\"provider\":\"p\",\"id\":\"i\"},null]", "wrong_type", "/1")]
    [InlineData("[{\"id\":\"i\"}]", "missing_attribute", "/0/provider")]
    [InlineData("[{\"provider\":\"p\"}]", "missing_attribute", "/0/id")]
    [InlineData("[{\"provider\":\"\",\"id\":\"i\"}]", "invalid_identifier", "/0/provider")]
    [InlineData("[{\"provider\":\"p\",\"id\":\"\"}]", "invalid_identifier", "/0/id")]
    [InlineData("[{\"provider\":\"p\",\"id\":20417}]", "wrong_type", "/0/id")]
    [InlineData("[{\"provider\":\"p\",\"id\":\"i\",\"expiry_date\":1}]", "wrong_type", "/0/expiry_date")]
    [InlineData("[{\"provider\":\"p\",\"id\":\"i\",\"expiry_date\":\"\"}]", "invalid_expiry_date", "/0/expiry_date")]
    [InlineData("[{\"provider\":\"p\",\"id\":\"i\",\"expiry_date\":\"01/02/2030\"}]", "invalid_expiry_date", "/0/expiry_date")]
    public void Identifiers_have_a_form(string? json, string code, string path)
        => Refused(ReadWith("identifiers", json, "IDENTITY"), code, $"/event/identifiers{path}");

    [Theory]
    [InlineData("2030-01-01")]
    [InlineData("2030-01-01T00:00")]
    [InlineData("2030-01-01T00:00:00Z")]
    [InlineData("2030-01-01T00:00:00.000+01:00")]
    public void Expiry_dates_follow_iso_8601_and_are_kept_as_written(string date)
    {
        var identifiers = new JsonArray(
            new JsonObject { ["provider"] = "p", ["id"] = "i", ["expiry_date"] = date });

        var envelope = Accepted(ReadWith("identifiers", identifiers.ToJsonString(), "IDENTITY"));

        Assert.Equal(date, Assert.Single(envelope.Event.Identifiers).ExpiryDate);
    }

    [Theory]
    [InlineData(256, 1024, null)]
    [InlineData(257, 1024, "/0/provider")]
    [InlineData(256, 1025, "/0/id")]
    public void Identifiers_are_bounded(int provider, int id, string? path)
    {
        var identifiers = new JsonArray(
            new JsonObject { ["provider"] = new string('p', provider), ["id"] = new string('i', id) });
        var check = ReadWith("identifiers", identifiers.ToJsonString(), "IDENTITY");

        if (path is null)
            Accepted(check);
        else
            Refused(check, "invalid_identifier", $"/event/identifiers{path}");
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void There_are_at_most_64(int count, bool accepted)
    {
        var identifiers = new JsonArray();
        for (var i = 0; i < count; i++)
            identifiers.Add(new JsonObject { ["provider"] = "p", ["id"] = $"HB-{i}" });
        var check = ReadWith("identifiers", identifiers.ToJsonString(), "IDENTITY");

        if (accepted)
            Assert.Equal(count, Accepted(check).Event.Identifiers.Count);
        else
            Refused(check, "too_many_identifiers", "/event/identifiers");
    }

    [Theory]
    [InlineData("undefined")]
    [InlineData(" NULL ")]
    [InlineData("0")]
    [InlineData("[object Object]")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void A_placeholder_is_nobody_s_identifier(string id)
        => Refused(
            ReadWith("identifiers", $$"""[{"provider":"CRM_ID","id":"{{id}}"}]""", "IDENTITY"),
            "junk_identifier", "/event/identifiers/0/id");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_provider_that_no_identity_rule_knows_is_told_or_refused(bool strict)
    {
        var rules = new TenantRulesOptions { Strict = strict, IdentityRules = ["CRM_ID", "email"] };
        var body = Event("IDENTITY").With("identifiers", JsonNode.Parse("""[{"provider":"crm_id","id":"HB-1"}]"""));
        var check = new EnvelopeReader(Sample.Rules with { Tenant = rules }).Read(Utf8(Envelope(body).ToJsonString()));

        var told = Assert.Single(strict ? check.Errors : check.Warnings);
        Assert.Equal(("unknown_identity_provider", "/event/identifiers/0/provider"), (told.Code, told.Path));
        Assert.Equal(strict, check.Envelope is null);
    }
}
