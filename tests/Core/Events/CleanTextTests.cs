using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>What nobody sees in a name changes nothing of what it names.</summary>
public sealed class CleanTextTests
{
    public static TheoryData<string> Strays =>
        [" ", "\t", "\u00A0", "\u200B", "\u200D", "\u200E", "\u202A", "\u2060", "\u2066", "\uFEFF", "\u00AD", "\u061C", "\u180E", "\u2003",
            "\u3000", "\u2800", "\u034F", "\uFE0F", "\U000E0020"];

    [Theory]
    [MemberData(nameof(Strays))]
    public void A_name_with_strays_around_it_is_sent_without_them(string stray)
    {
        foreach (var (type, path, at) in new[]
        {
            ("VIEW", "type", ""), ("VIEW", "channel", ""), ("VIEW", "language", ""), ("VIEW", "currency", ""), ("VIEW", "pos", ""),
            ("VIEW", "browser_id", ""), ("ADD", "item_id", "product"), ("ADD", "referenceId", "product"),
            ("CHECKOUT", "reference_id", ""), ("CHECKOUT", "status", ""), ("ORDER_CHECKOUT", "referenceId", "order"),
            ("PAYMENT", "pay_type", ""),
        })
        {
            var body = Event(type).With("browser_id", "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11");
            var parent = at.Length == 0 ? body : body[at]!.AsObject();
            var right = parent[path]!.GetValue<string>();
            parent[path] = stray + right + stray;
            var check = Read(Envelope(body));

            var @event = Accepted(check).Event;
            var pointer = at.Length == 0 ? $"/{path}" : $"/{at}/{path}";
            Assert.Equal(right, JsonNode.Parse(@event.Defaults.ToString())![pointer]!.GetValue<string>());
            Assert.Contains(check.Warnings, warning => (warning.Code, warning.Path) == ("normalised", $"/event{pointer}"));
        }
    }

    [Theory]
    [InlineData("CHECKOUT", "/reference_id", "hb-1 ", "hb-1")]
    [InlineData("CHECKOUT", "/reference_id", "hb\u00A01", "hb 1")]
    [InlineData("CHECKOUT", "/reference_id", " hb-1\u200B ", "hb-1")]
    [InlineData("ADD", "/product/type", " bike ", "bike")]
    [InlineData("VIEW", "/language", " fil-PH ", "fil-PH")]
    [InlineData("VIEW", "/language", "\u200BEnglish", "English")]
    public void A_code_that_stays_doubtful_is_sent_without_strays_too(string type, string path, string came, string sent)
    {
        var check = ReadAt(type, path, came);

        Assert.Equal(sent, JsonNode.Parse(Accepted(check).Event.Defaults.ToString())![path]!.GetValue<string>());
        Assert.Equal(
            [("doubtful_value", $"/event{path}"), ("normalised", $"/event{path}")],
            check.Warnings.Select(static warning => (warning.Code, warning.Path)).Order());
    }

    [Theory]
    [InlineData("CHECKOUT", "/reference_id", "\u00A0")]
    [InlineData("ADD", "/product/type", " \u200B")]
    public void A_code_of_nothing_to_see_is_rejected(string type, string path, string came)
        => Refused(ReadAt(type, path, came), "invalid_value", $"/event{path}");

    [Theory]
    [InlineData("ADD", "/product/item_id", " TOUR2 ", "\"TOUR2\".")]
    [InlineData("ORDER_CHECKOUT", "/order/referenceId", "HB-1\u200B", "\"HB-1\".")]
    [InlineData("VIEW", "/browser_id", " 5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", "\"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11\".")]
    [InlineData("VIEW", "/browser_id", "5B0F3C1E-7A44-4D3E-9B1A-2F6C8D9E0A11", "\"5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11\".")]
    public void The_warning_shows_what_is_sent(string type, string path, string came, string shown)
        => Assert.EndsWith(
            shown, Assert.Single(ReadAt(type, path, came).Warnings, static warning => warning.Code == "normalised").Detail,
            StringComparison.Ordinal);

    private static EnvelopeCheck ReadAt(string type, string path, string value)
    {
        var body = Event(type);
        var names = path[1..].Split('/');
        (names.Length == 1 ? body : body[names[0]]!.AsObject())[names[^1]] = value;
        return Read(Envelope(body));
    }

    [Theory]
    [InlineData("VI\u200BEW", "VIEW")]
    [InlineData("SADDLE\u200B_FITTED", "SADDLE_FITTED")]
    [InlineData("SADDLE\u00A0FITTED", "SADDLE FITTED")]
    public void A_type_is_read_without_what_is_hidden_in_it(string type, string meant)
        => Assert.Equal(meant, Accepted(ReadWith("type", JsonValue.Create(type).ToJsonString())).Event.Type);

    [Theory]
    [InlineData("\u200B", "invalid_type")]
    [InlineData(" \u00A0", "invalid_type")]
    public void A_type_of_nothing_to_see_is_rejected(string type, string code)
        => Refused(ReadWith("type", JsonValue.Create(type).ToJsonString()), code, "/event/type");

    [Fact]
    public void The_order_reference_that_is_found_by_is_the_one_that_is_sent()
        => Assert.Equal("HB-7781", Accepted(ReadWith("reference_id", "\" HB-7781\\u200b\"", "CHECKOUT")).Event.OrderReference);

    [Theory]
    [InlineData("b3f1 ")]
    [InlineData("\u200Bb3f1")]
    public void An_event_id_with_strays_is_rejected_and_says_so(string id)
    {
        var envelope = Envelope();
        envelope["event_id"] = id;

        Assert.EndsWith("It contains blanks or invisible characters.",
            Refused(Read(envelope), "invalid_event_id", "/event_id").Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type")]
    [InlineData("channel")]
    [InlineData("currency")]
    [InlineData("language")]
    [InlineData("pos")]
    public void An_endless_name_is_rejected(string attribute)
        => Refused(ReadWith(attribute, $"\"{new string('X', 30_000)}\""), "name_too_long", $"/event/{attribute}");

    [Fact]
    public void A_type_of_256_characters_of_any_script_is_accepted_and_one_of_257_is_rejected()
    {
        Accepted(ReadWith("type", $"\"{new string('字', 256)}\""));
        Refused(ReadWith("type", $"\"{new string('字', 257)}\""), "name_too_long", "/event/type");
    }

    [Fact]
    public void The_page_of_a_session_is_bounded_and_the_page_that_is_sent_is_not()
    {
        var page = "/" + new string('p', 5_000);
        var @event = Accepted(ReadWith("page", $"\"{page}\"")).Event;

        Assert.Equal(512, @event.Page!.Length);
        Assert.Contains(page, @event.Body.ToString(), StringComparison.Ordinal);
    }
}
