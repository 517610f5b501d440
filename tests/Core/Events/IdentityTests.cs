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
    [InlineData("2030-01-01T00:00", "2030-01-01T00:00")]
    [InlineData("2030-01-01", "2030-01-01T00:00")]
    [InlineData("2030-01-01T10:30:00Z", "2030-01-01T10:30")]
    [InlineData("2030-01-01T10:30:59", "2030-01-01T10:30")]
    [InlineData("2030-01-01T00:00:00.000+01:00", "2029-12-31T23:00")]
    public void Expiry_dates_follow_iso_8601_and_are_sent_in_the_form_that_the_SDKs_take(string date, string sent)
    {
        var identifiers = new JsonArray(
            new JsonObject { ["provider"] = "p", ["id"] = "i", ["expiry_date"] = date });

        var check = ReadWith("identifiers", identifiers.ToJsonString(), "IDENTITY");

        var @event = Accepted(check).Event;
        Assert.Equal(sent, Assert.Single(@event.Identifiers).ExpiryDate);
        Assert.Equal(
            sent == date ? "" : $$"""{"/identifiers/0/expiry_date":"{{sent}}"}""", @event.Defaults.ToString());
        Assert.Equal(
            sent == date ? "" : "normalised /event/identifiers/0/expiry_date",
            string.Join(',', check.Warnings.Select(static warning => $"{warning.Code} {warning.Path}")));
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
    [InlineData("N/A")]
    [InlineData("n/a")]
    [InlineData("#N/A")]
    [InlineData("NA")]
    [InlineData("(not set)")]
    [InlineData("[null]")]
    [InlineData("<undefined>")]
    [InlineData("{{user_id}}")]
    [InlineData("%user_id%")]
    [InlineData("'null'")]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("?")]
    [InlineData("000")]
    [InlineData("0")]
    [InlineData("[object Object]")]
    [InlineData("${user.id}")]
    [InlineData("<%= user.id %>")]
    [InlineData("N\\\\A")]
    [InlineData("Ｎ/Ａ")]
    [InlineData("ＮＵＬＬ")]
    [InlineData("$null")]
    [InlineData("(-1)")]
    [InlineData("null null")]
    [InlineData("undefined-undefined")]
    [InlineData("undefined@undefined")]
    [InlineData("undefined@undefined.undefined")]
    [InlineData("n/a@n/a")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void A_placeholder_is_nobody_s_identifier(string id)
        => RefusedAs(
            ReadWith("identifiers", $$"""[{"provider":"CRM_ID","id":"{{id}}"}]""", "IDENTITY"),
            "junk_identifier", "/event/identifiers/0/id");

    [Theory]
    [InlineData("1")]
    [InlineData("guest-0")]
    [InlineData("user@email.id")]
    [InlineData("null@harbourbikes.example")]
    [InlineData("Nina Null")]
    [InlineData("(A-1)")]
    public void An_identifier_that_only_resembles_a_placeholder_is_accepted(string id)
        => Accepted(ReadWith("identifiers", $$"""[{"provider":"CRM_ID","id":"{{id}}"}]""", "IDENTITY"));

    [Theory]
    [InlineData(" ")]
    [InlineData("\u00A0")]
    [InlineData("\u200B")]
    [InlineData("\uFEFF\u2060")]
    [InlineData("\u00AD")]
    [InlineData("\u2800")]
    [InlineData("\u3164")]
    [InlineData("\u202E\u202C")]
    public void What_nobody_sees_is_nobody_s_identifier(string id)
        => RefusedAs(
            ReadWith("identifiers", $$"""[{"provider":"CRM_ID","id":"{{id}}"}]""", "IDENTITY"),
            "junk_identifier", "/event/identifiers/0/id");

    [Theory]
    [InlineData("ada@x ")]
    [InlineData("\tada@x\u00A0")]
    [InlineData("ad\u00ADa@x")]
    [InlineData("\uFEFFada@x")]
    [InlineData("ada\u200B@x\u200E")]
    public void An_identifier_is_the_same_with_blanks_and_invisible_characters(string id)
    {
        var list = new JsonArray(new JsonObject { ["provider"] = "email ", ["id"] = id });
        var check = ReadWith("identifiers", list.ToJsonString(), "IDENTITY");

        var @event = Accepted(check).Event;
        Assert.Equal([new Identifier("email", "ada@x")], @event.Identifiers);
        Assert.Equal(
            """{"/identifiers/0/provider":"email","/identifiers/0/id":"ada@x"}""", @event.Defaults.ToString());
        Assert.All(check.Warnings, warning => Assert.Equal("normalised", warning.Code));
        Assert.Equal(2, check.Warnings.Count);
    }

    [Theory]
    [InlineData("علی\u200Cرضا")]
    [InlineData("👩\u200D🚀")]
    [InlineData("0049")]
    [InlineData("a b")]
    [InlineData("(a)")]
    public void Joiners_that_belong_to_a_text_and_ordinary_ids_stay(string id)
    {
        var list = new JsonArray(new JsonObject { ["provider"] = "p", ["id"] = id });
        var check = ReadWith("identifiers", list.ToJsonString(), "IDENTITY");

        Assert.Equal([new Identifier("p", id)], Accepted(check).Event.Identifiers);
        Assert.Empty(check.Warnings);
    }

    [Fact]
    public void The_placeholders_are_configurable()
    {
        var limits = new IngestOptions { JunkIdentifiers = ["house"] };
        var reader = new EnvelopeReader(RulesWith(new EventDefaults(), limits));

        Assert.Null(reader.Read(Utf8(Envelope(Event("IDENTITY").With("identifiers",
            JsonNode.Parse("""[{"provider":"p","id":"HOUSE"}]"""))).ToJsonString())).Envelope);
        Assert.NotNull(reader.Read(Utf8(Envelope(Event("IDENTITY").With("identifiers",
            JsonNode.Parse("""[{"provider":"p","id":"guest"}]"""))).ToJsonString())).Envelope);
    }

    [Fact]
    public void What_lies_below_an_object_in_place_of_the_list_is_reported_too()
    {
        var check = ReadWith("identifiers", """{"provider":"p"}""", "IDENTITY");

        Assert.Equal(
            [("wrong_type", "/event/identifiers"), ("missing_attribute", "/event/identifiers/id")],
            check.Errors.Select(error => (error.Code, error.Path)));
        Assert.EndsWith("Write it as a list: [{…}].", check.Errors[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_provider_without_an_identity_rule_is_a_warning_or_a_rejection(bool strict)
    {
        var rules = new TenantRulesOptions { Strict = strict, IdentityRules = ["CRM_ID", "email"] };
        var body = Event("IDENTITY").With("identifiers", JsonNode.Parse("""[{"provider":"crm_id","id":"HB-1"}]"""));
        var check = new EnvelopeReader(Sample.Rules with { Tenant = rules }).Read(Utf8(Envelope(body).ToJsonString()));

        var told = Assert.Single(strict ? check.Errors : check.Warnings);
        Assert.Equal(("unknown_identity_provider", "/event/identifiers/0/provider"), (told.Code, told.Path));
        Assert.Equal(strict, check.Envelope is null);
    }

    private static void RefusedAs(EnvelopeCheck check, string code, string path)
    {
        Assert.Null(check.Envelope);
        Assert.Equal((code, path), check.Errors.Select(error => (error.Code, error.Path)).Single());
    }
}
