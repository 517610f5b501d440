using System.Text;
using System.Text.Json.Nodes;
using GuestSessions.Core.Events;
using GuestSessions.Core.Options;

namespace GuestSessions.Core.Tests.Events;

/// <summary>A tenant, an event every rule accepts, and ways to spoil it.</summary>
internal static class Sample
{
    public static EventRules Rules { get; } = RulesWith(new EventDefaults());

    public static EnvelopeReader Reader { get; } = new(Rules);

    public static EventRules RulesWith(EventDefaults tenant, IngestOptions? limits = null) => new(
        new Dictionary<string, PointOfSaleOptions>
        {
            ["harbourbikes/ie"] = new()
            {
                Name = "harbourbikes/ie",
                SessionTimeout = TimeSpan.FromMinutes(30),
            },
            ["harbourbikes/de"] = new()
            {
                Name = "harbourbikes/de",
                Defaults = new EventDefaults { Language = "DE", Currency = "EUR" },
            },
        },
        tenant, limits ?? new IngestOptions());

    /// <summary>An event with everything its type requires.</summary>
    public static JsonObject Event(string type = "VIEW")
    {
        var body = new JsonObject
        {
            ["type"] = type,
            ["channel"] = "WEB",
            ["language"] = "EN",
            ["currency"] = "EUR",
            ["page"] = "/tourers",
            ["pos"] = "harbourbikes/ie",
        };
        foreach (var (name, value) in SampleEvents.Own(type))
            body[name] = value?.DeepClone();
        return body;
    }

    public static JsonObject Envelope(JsonObject? body = null) => new() { ["event"] = body ?? Event() };

    public static EnvelopeCheck Read(JsonNode envelope) => Read(envelope.ToJsonString());

    public static EnvelopeCheck Read(string envelope) => Reader.Read(Utf8(envelope));

    /// <summary>
    /// The sample with one attribute replaced by a JSON text, or taken out where that is null.
    /// </summary>
    public static EnvelopeCheck ReadWith(string attribute, string? json, string type = "VIEW")
    {
        var body = Event(type);
        if (json is null)
            body.Remove(attribute);
        else
            body[attribute] = JsonNode.Parse(json);
        return Read(Envelope(body));
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Asserts one error and nothing else, and gives it.</summary>
    public static Violation Refused(EnvelopeCheck check, string code, string path)
    {
        Assert.Null(check.Envelope);
        var error = Assert.Single(check.Errors);
        Assert.Equal((code, path), (error.Code, error.Path));
        return error;
    }

    public static Envelope Accepted(EnvelopeCheck check)
    {
        Assert.Empty(check.Errors);
        return Assert.IsType<Envelope>(check.Envelope);
    }
}
