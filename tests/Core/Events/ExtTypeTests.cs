using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>An attribute of <c>ext</c> keeps its type over all events of one type.</summary>
public sealed class ExtTypeTests
{
    private readonly List<ExtAttribute> _learned = [];
    private readonly ExtTypes _types;

    public ExtTypeTests() => _types = new ExtTypes(_learned.Add);

    [Theory]
    [InlineData("1", "\"1\"", true)]
    [InlineData("1", "true", true)]
    [InlineData("\"a\"", "false", true)]
    [InlineData("1", "1.5", false)]
    [InlineData("true", "false", false)]
    public void A_type_that_drifts_is_reported(string first, string second, bool drifts)
    {
        Accepted(Read(first));
        var check = Read(second);

        Accepted(check);
        Assert.Equal(drifts ? ["ext_type_drift"] : [], check.Warnings.Select(warning => warning.Code));
        Assert.All(check.Warnings, warning => Assert.Equal("/event/ext/size", warning.Path));
    }

    [Theory]
    [InlineData("size", "\\u0073ize")]
    [InlineData("größe", "gr\\u00f6\\u00dfe")]
    [InlineData("a\\\\b", "a\\u005cb")]
    public void A_name_is_the_same_in_other_letters_of_JSON(string one, string other)
    {
        Accepted(ReadNamed(one, "1"));
        Accepted(ReadNamed(other, "2"));

        Assert.Single(_learned);
        Assert.Contains(ReadNamed(other, "true").Warnings, warning => warning.Code == "ext_type_drift");
    }

    [Fact]
    public void Another_event_type_has_types_of_its_own()
    {
        Accepted(Read("1"));

        Assert.Empty(Read("\"L\"", type: "OTHER_TYPE").Warnings);
    }

    [Fact]
    public void A_strict_tenant_has_an_event_with_a_changed_type_rejected()
    {
        Accepted(Read("1"));

        Refused(Read("\"L\"", strict: true), "ext_type_drift", "/event/ext/size");
        Assert.Empty(Read("2").Warnings);
    }

    [Fact]
    public void Rejected_events_and_dry_runs_teach_no_types()
    {
        Read("1", currency: "euros");
        Read("1", dryRun: true);

        Assert.Empty(_learned);
        Assert.Empty(Read("\"L\"").Warnings);
    }

    [Fact]
    public void Traffic_with_a_public_key_teaches_nothing_and_is_warned_all_the_same()
    {
        var reader = new SdkEventReader(Sample.Rules with { ExtTypes = _types }, new Dictionary<string, string>());
        SdkEventCheck ReadSdk() => reader.Read(
            Utf8("""
                {"type":"SADDLE_FITTED","channel":"WEB","language":"EN","currency":"EUR","page":"/tourers","pos":"harbourbikes/ie",
                 "browser_id":"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11","ext":{"size":1}}
                """), null);
        ReadSdk();

        Assert.Empty(_learned);
        Assert.Empty(Read("\"L\"").Warnings);
        Assert.Contains(ReadSdk().Event!.Event.Warnings, warning => warning.Code == "ext_type_drift");
    }

    [Fact]
    public void What_is_reset_is_learned_anew()
    {
        Accepted(Read("1"));
        _types.Replace([]);

        Assert.Empty(Read("\"L\"").Warnings);
        Assert.Single(Read("2").Warnings);
    }

    [Fact]
    public void What_others_saw_first_counts()
    {
        Accepted(Read("1"));
        _types.Agree(_learned.Single() with { Type = ExtType.Text });

        Assert.Empty(Read("\"L\"").Warnings);
        Assert.Single(Read("2").Warnings);
    }

    [Fact]
    public void So_many_are_remembered_and_no_more()
    {
        for (var i = 0; i <= ExtTypes.Capacity; i++)
            _types.Learn(new ExtAttribute("TYPE", $"name{i}", ExtType.Number));
        _types.Learn(new ExtAttribute("TYPE", new string('x', ExtTypes.LongestName + 1), ExtType.Number));

        Assert.Equal(ExtTypes.Capacity, _learned.Count);
    }

    private EnvelopeCheck ReadNamed(string name, string json)
    {
        var body = Event("SADDLE_FITTED").With("ext", new JsonObject { ["NAME"] = JsonNode.Parse(json) });
        var text = Envelope(body).ToJsonString().Replace("NAME", name, StringComparison.Ordinal);
        return new EnvelopeReader(Sample.Rules with { ExtTypes = _types }).Read(Utf8(text));
    }

    private EnvelopeCheck Read(
        string json, string type = "SADDLE_FITTED", bool strict = false, bool dryRun = false, string currency = "EUR")
    {
        var reader = new EnvelopeReader(Sample.Rules with
        {
            Tenant = new TenantRulesOptions { Strict = strict },
            ExtTypes = _types,
            DryRun = dryRun,
        });
        var body = Event(type).With("currency", currency).With("ext", new JsonObject { ["size"] = JsonNode.Parse(json) });
        return reader.Read(Utf8(Envelope(body).ToJsonString()));
    }
}
