using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;
using static GuestSessions.Core.Tests.Events.Sample;

namespace GuestSessions.Core.Tests.Events;

/// <summary>What a caller sends is what the upstream gets, plus exactly what is documented as ours.</summary>
public sealed class RoundTripTests
{
    private const string BrowserId = "5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11";

    private static readonly string Ours =
        $$"""
        ,"browser_id":"{{BrowserId}}","client_key":"key-1","requested_at":"2026-11-23T10:15:30.120Z"}
        """;

    public static TheoryData<string> Types => [.. EventTypes.Standard.Order(), "SADDLE_FITTED"];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_whole_event_of_each_type_passes_byte_for_byte(string type)
    {
        var body = Event(type).With("unknown", JsonNode.Parse("""{"n":1.10,"big":12345678901234567890}""")).ToJsonString();

        Assert.Equal(body[..^1] + Ours, Sent(body));
    }

    [Fact]
    public void Defaults_follow_the_caller_s_members()
        => Assert.Equal(
            """{"type":"VIEW","page":"/a","pos":"harbourbikes/de","channel":"WEB","language":"DE","currency":"EUR" """.TrimEnd() + Ours,
            Sent("""{"type":"VIEW","page":"/a","pos":"harbourbikes/de"}""", new EventDefaults { Channel = "WEB" }));

    [Fact]
    public void Right_spellings_stand_where_the_wrong_ones_were()
    {
        const string Received = """
            {"type":"order_checkout","channel":"web","language":"en","currency":"eur","page":"thanks","pos":"harbourbikes/ie",
            "order":{"referenceId":"HB-1","orderedAt":"2026-11-23T11:20:00+01:00","status":"Purchased","currencyCode":"eur",
            "price":749.50,"paymentType":"CARD","cardType":"american express","orderItems":[{"type":"bike","quantity":1.0}]}}
            """;
        const string Upstream = """
            {"type":"ORDER_CHECKOUT","channel":"WEB","language":"EN","currency":"EUR","page":"thanks","pos":"harbourbikes/ie",
            "order":{"referenceId":"HB-1","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED","currencyCode":"EUR",
            "price":749.50,"paymentType":"Card","cardType":"American Express","orderItems":[{"type":"bike","quantity":1.0}]}
            """;

        Assert.Equal(Flat(Upstream) + Ours, Flat(Sent(Received)));
        Assert.Equal(Received, Accepted(Read($$$"""{"event":{{{Received}}}}""")).Event.Body.ToString());
    }

    // Between members WireBody drops white space; inside of values it stays.
    private static string Flat(string json) => json.ReplaceLineEndings("");

    private static string Sent(string body, EventDefaults? defaults = null)
    {
        var reader = new EnvelopeReader(RulesWith(defaults ?? new EventDefaults()));
        var @event = Accepted(reader.Read(Utf8($$$"""{"event":{{{body}}}}"""))).Event;
        var output = new ArrayBufferWriter<byte>();
        var at = new DateTimeOffset(2026, 11, 23, 10, 15, 30, 120, TimeSpan.Zero);
        WireBody.Write(output, @event.Body, @event.Defaults, BrowserId, "key-1", at);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
