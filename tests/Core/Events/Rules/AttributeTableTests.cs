using System.Text;
using System.Buffers;
using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events.Rules;

/// <summary>Each listed attribute of each type: there, absent, of another type, of another form, in another case.</summary>
public sealed class AttributeTableTests
{
    public static TheoryData<string> Attributes => [.. Listed.All.Where(IsTested).Select(listed => listed.ToString())];

    [Theory]
    [MemberData(nameof(Attributes))]
    public void A_valid_attribute_is_accepted_without_a_warning(string attribute)
    {
        var (listed, body) = Of(attribute);

        Assert.True(listed.Parent(body).ContainsKey(listed.Name), "The sample lacks it.");
        var check = Read(Envelope((JsonObject)body.DeepClone()));
        Accepted(check);
        Assert.DoesNotContain(check.Warnings, warning => warning.Path == listed.At && listed.Name != "client_key");
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public void An_absent_attribute_is_missed_only_where_it_is_required(string attribute)
    {
        var (listed, body) = Of(attribute);
        listed.Parent(body).Remove(listed.Name);
        var check = Read(Envelope((JsonObject)body.DeepClone()));

        // The browser id the service fills in; the samples are those in which conditions hold.
        var missed = listed.Need == "required" ? listed.Path != "browser_id" : listed.Rule()!.RequiredWhen is not null;
        if (missed)
            Refused(check, "missing_attribute", listed.At);
        else
            Accepted(check);
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public void An_attribute_of_another_json_type_is_reported(string attribute)
    {
        var (listed, body) = Of(attribute);
        foreach (var wrong in WrongTypes(listed))
        {
            listed.Parent(body)[listed.Name] = wrong;
            Told(Read(Envelope((JsonObject)body.DeepClone())), listed, "wrong_type");
        }
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public void An_attribute_of_another_form_is_reported(string attribute)
    {
        var (listed, body) = Of(attribute);
        if (WrongForm(listed) is not { } wrong)
            return;
        listed.Parent(body)[listed.Name] = wrong;
        Told(Read(Envelope((JsonObject)body.DeepClone())), listed, code: null);
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public void An_attribute_in_another_case_is_fixed_where_its_meaning_is_certain(string attribute)
    {
        var (listed, body) = Of(attribute);
        if (listed.Kind != "text" || listed.Case == "-" || listed.Parent(body)[listed.Name] is not { } right)
            return;
        var spelled = right.GetValue<string>();
        var other = spelled.Any(char.IsAsciiLetterLower) ? spelled.ToUpperInvariant() : spelled.ToLowerInvariant();
        listed.Parent(body)[listed.Name] = other;
        var check = Read(Envelope((JsonObject)body.DeepClone()));

        var warning = check.Warnings.SingleOrDefault(warning => warning.Path == listed.At);
        var isCertain = listed.IsValueList || listed.Form is "language" or "currency" or "country" or "airport" or "uuid"
            || listed.Path == "product_type";
        if (listed.Case == "exact")
            Refused(check, "unknown_point_of_sale", "/event/pos");
        else
            Assert.Equal(isCertain ? "normalised" : listed.Case == "upper" && listed.Name != "type"
                || listed.Path.Contains('.') && listed.Case == "upper" ? "doubtful_value" : null, warning?.Code);
        if (listed.Case != "exact")
            Assert.Equal(isCertain ? spelled : other, SentText(check, listed));
    }

    private static bool IsTested(Listed listed)
        => listed.IsNamed && listed.Type != "(custom)" && listed.Path is not ("ext" or "session_data");

    private static (Listed Listed, JsonObject Body) Of(string attribute)
    {
        var listed = Listed.All.Single(known => known.ToString() == attribute);
        var body = Event(listed.EventType)
            .With("browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11")
            .With("requested_at", "2026-11-23T10:15:30.120Z")
            .With("client_key", "ck")
            .With("sc_search", JsonNode.Parse("""{"data":{},"metadata":{"ut_api_version":"1.0"}}"""))
            .With("referrer", "https://search.example/");
        return (listed, body);
    }

    private static IEnumerable<JsonNode> WrongTypes(Listed listed) => listed switch
    {
        { Path: "client_key" } => [],
        { Kind: "text" } when listed.Path.StartsWith("ext.", StringComparison.Ordinal) => [7, true],
        { Kind: "text" } => [7, true, new JsonArray(), new JsonObject()],
        { Kind: "number" or "whole" } => ["7", true, new JsonArray(), new JsonObject()],
        { Kind: "object" } => ["x", 7, new JsonArray()],
        _ => ["x", 7, new JsonObject()],
    };

    private static JsonNode? WrongForm(Listed listed) => listed switch
    {
        { IsValueList: true } => "SOMETHING_ELSE",
        { Form: "language" } => "ENG",
        { Form: "currency" } => "EU",
        { Form: "country" } => "IRL",
        { Form: "airport" } => "DUBL",
        { Form: "-", Kind: "whole" } => 1.5,
        { Form: "-" } => null,
        _ => "tomorrow",
    };

    private static void Told(EnvelopeCheck check, Listed listed, string? code)
    {
        var isEnforced = listed.Rule()!.Enforced && !(code is null && listed.Name is ("gender" or "language"));
        var told = Assert.Single(isEnforced ? check.Errors : check.Warnings, told => told.Path == listed.At);
        Assert.Equal(code ?? told.Code, told.Code);
        Assert.StartsWith("Expected ", told.Detail, StringComparison.Ordinal);
        Assert.Equal(isEnforced, check.Envelope is null);
    }

    private static string? SentText(EnvelopeCheck check, Listed listed)
    {
        var @event = Accepted(check).Event;
        var wire = new ArrayBufferWriter<byte>();
        WireBody.Write(wire, @event.Body, @event.Defaults, browserId: null, clientKey: null, requestedAt: null);
        var sent = JsonNode.Parse(Encoding.UTF8.GetString(wire.WrittenSpan))!.AsObject();
        return listed.Path == "browser_id"
            ? @event.BrowserId
            : listed.Parent(sent)[listed.Name]!.GetValue<string>();
    }
}
