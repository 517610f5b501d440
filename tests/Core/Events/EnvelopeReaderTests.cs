using System.Text;
using System.Text.Json.Nodes;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

public sealed class EnvelopeReaderTests
{
    private const string Body =
        """{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"p","pos":"harbourbikes/ie"}""";

    [Fact]
    public void A_whole_envelope_is_read()
    {
        var envelope = Accepted(Read(
            $$"""{"event_id":"b3f1","guest":"cust-42","occurred_at":"2026-11-23T12:15:30.120+02:00","event":{{Body}}}"""));

        Assert.Equal("b3f1", envelope.EventId);
        Assert.Equal("cust-42", envelope.Guest);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 10, 15, 30, 120, TimeSpan.Zero), envelope.OccurredAt);
        Assert.Equal(TimeSpan.Zero, envelope.OccurredAt!.Value.Offset);
        Assert.Equal("VIEW", envelope.Event.Type);
        Assert.Equal("WEB", envelope.Event.Channel);
        Assert.Equal("harbourbikes/ie", envelope.Event.PointOfSale);
        Assert.Equal("p", envelope.Event.Page);
        Assert.Null(envelope.Event.BrowserId);
        Assert.Equal(TimeSpan.FromMinutes(30), envelope.Event.SessionTimeout);
    }

    [Fact]
    public void Everything_but_the_event_may_be_absent()
    {
        var envelope = Accepted(Read($$"""{"event":{{Body}}}"""));

        Assert.Null(envelope.EventId);
        Assert.Null(envelope.Guest);
        Assert.Null(envelope.OccurredAt);
    }

    [Fact]
    public void The_body_is_the_event_byte_for_byte()
    {
        const string body = """
            { "type":"VIEW", "channel":"WEB","language":"EN","currency":"EUR","page":"\u0041/é",
              "pos":"harbourbikes/ie", "price": 1.50, "other":{"a":[1,null]} }
            """;

        Assert.Equal(body, Accepted(Read($$"""{ "event" : {{body}} }""")).Event.Body.ToString());
    }

    [Fact]
    public void The_event_survives_the_buffer_it_was_read_from()
    {
        var buffer = Utf8($$"""{"event":{{Body}}}""");
        var envelope = Accepted(Reader.Read(buffer));

        Array.Fill(buffer, (byte)'x');

        Assert.Equal(Body, envelope.Event.Body.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("""{"event":{"page":"personal}}""")]
    [InlineData("""{"event":{"page":'personal'}}""")]
    [InlineData("""{"event":{"page":personal}}""")]
    [InlineData("""{"event":{},}""")]
    [InlineData("""{"event":{"personal":1,"personal":1}}""")]
    [InlineData("""{"event":{"\u0070ersonal":1,"personal":1}}""")]
    [InlineData("""{"event":{"personal":"\ud800"}}""")]
    [InlineData("""{"event":{"personal\udc00":1}}""")]
    public void Malformed_json_is_reported_without_repeating_it(string json)
    {
        var error = Refused(Read(json), "malformed_json", "");

        Assert.DoesNotContain("personal", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_malformed()
    {
        byte[] json = [.. Utf8("""{"event":{"page":" """), 0xC3, 0x28, .. Utf8("""" "}}"""")];

        Refused(Reader.Read(json), "malformed_json", "");
    }

    [Fact]
    public void A_surrogate_pair_written_as_escapes_is_text()
        => Assert.Equal("😀", Accepted(ReadWith("page", "\"\\ud83d\\ude00\"")).Event.Page);

    [Theory]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public void Nesting_counts_from_the_envelope(int below, bool accepted)
    {
        var nested = $"{new string('[', below)}{new string(']', below)}";
        var check = Read($$$"""{"event":{{{Body[..^1]}}},"other":{{{nested}}}}}""");

        if (accepted)
            Accepted(check);
        else
            Refused(check, "too_deep", "");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"event\"")]
    [InlineData("1")]
    public void An_envelope_is_an_object(string json) => Refused(Read(json), "wrong_type", "");

    [Theory]
    [InlineData("{}", "missing_attribute")]
    [InlineData("""{"event":null}""", "wrong_type")]
    [InlineData("""{"event":[]}""", "wrong_type")]
    public void An_envelope_holds_an_event(string json, string code) => Refused(Read(json), code, "/event");

    [Fact]
    public void Unknown_members_are_rejected_and_named_by_an_escaped_path()
        => Refused(Read($$"""{"event":{{Body}},"a/b~c":1}"""), "unknown_member", "/a~1b~0c");

    [Theory]
    [InlineData("event_id", "\"\"", "invalid_event_id")]
    [InlineData("event_id", "\"..\"", "invalid_event_id")]
    [InlineData("event_id", "\"a b\"", "invalid_event_id")]
    [InlineData("event_id", "\"ä\"", "invalid_event_id")]
    [InlineData("event_id", "\"a/b\"", "invalid_event_id")]
    [InlineData("event_id", "7", "wrong_type")]
    [InlineData("event_id", "true", "wrong_type")]
    [InlineData("guest", "\"\"", "invalid_guest_id")]
    [InlineData("guest", "\"a@b\"", "invalid_guest_id")]
    [InlineData("guest", "\"Undefined\"", "junk_guest_id")]
    [InlineData("guest", "42", "wrong_type")]
    [InlineData("occurred_at", "\"2026-11-23\"", "invalid_occurred_at")]
    [InlineData("occurred_at", "\"2026-11-23T10:15:30\"", "invalid_occurred_at")]
    [InlineData("occurred_at", "1795428930", "wrong_type")]
    public void Members_of_the_envelope_have_a_form(string member, string json, string code)
    {
        var envelope = Envelope();
        envelope[member] = JsonNode.Parse(json);

        Refused(Read(envelope), code, $"/{member}");
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Ids_have_at_most_128_characters(int length, bool accepted)
    {
        var envelope = Envelope();
        envelope["event_id"] = new string('a', length);

        Assert.Equal(accepted, Read(envelope).Envelope is not null);
    }

    [Fact]
    public void A_rejection_can_name_its_event_and_its_guest()
    {
        var check = Read("""{"event":{},"guest":"cust-42","event_id":"b3f1"}""");

        Assert.Equal(("b3f1", "cust-42"), (check.EventId, check.Guest));
        Assert.Null(check.Envelope);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void An_event_has_a_largest_size(int over, bool accepted)
    {
        var limit = new IngestOptions().EventBytes;
        var body = Event();
        body["other"] = "";
        body["other"] = new string('x', limit - Encoding.UTF8.GetByteCount(body.ToJsonString()) + over);
        var check = Read(Envelope(body));

        if (accepted)
            Accepted(check);
        else
            Refused(check, "event_too_large", "/event");
    }

    [Fact]
    public void All_errors_are_reported_at_once()
    {
        var check = Read("""{"event_id":"","occurred_at":"","event":{"type":"VIEW","channel":"radio","language":""}}""");

        Assert.Equal(
            ["/event_id", "/occurred_at", "/event/pos", "/event/channel", "/event/currency", "/event/page"],
            check.Errors.Select(error => error.Path));
        Assert.Equal("/event/language", Assert.Single(check.Warnings, warning => warning.Code == "doubtful_value").Path);
    }

    [Fact]
    public void Errors_are_bounded()
    {
        var envelope = Envelope();
        for (var i = 0; i < 100; i++)
            envelope[$"member{i}"] = 1;

        Assert.Equal(20, Read(envelope).Errors.Count);
    }
}
