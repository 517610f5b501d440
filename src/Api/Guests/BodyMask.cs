using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks the personal values of an event object by the names of their attributes, at any depth and in any
/// event type: apps put an e-mail address into <c>ext</c> too. Of all other values only e-mail addresses
/// are masked; numbers are shown digit by digit.
/// </summary>
internal static class BodyMask
{
    /// <summary>What an upstream's answer says about itself; everything else may repeat what it was sent.</summary>
    private static readonly FrozenSet<string> ShownOfAnswers = FrozenSet.Create(StringComparer.Ordinal,
        "status", "code", "ref", "version", "moreInfoUrl");

    /// <summary>Under these everything that is not said to be harmless is about a person.</summary>
    private static readonly FrozenSet<string> People = FrozenSet.Create(StringComparer.Ordinal,
        "identifiers", "contact", "contacts", "consumer", "consumers");

    /// <summary>Under these a <c>name</c> is a person's, elsewhere a product's.</summary>
    private static readonly FrozenSet<string> Named = FrozenSet.Create(StringComparer.Ordinal,
        "customer", "customers", "guest", "guests");

    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal,
        "provider", "expirydate", "title", "gender", "state", "country", "nationality");

    private enum Reach
    {
        /// <summary>Only values whose names are <see cref="PersonalName"/>s.</summary>
        Personal,

        /// <summary>These, and a plain <c>name</c>.</summary>
        Names,

        /// <summary>Everything but <see cref="Harmless"/>.</summary>
        People,

        /// <summary>Everything.</summary>
        All,
    }

    /// <summary>The same object with personal values masked; empty stays empty.</summary>
    public static Utf8Json Mask(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return default;
        using var document = JsonDocument.Parse(body);
        return Written(writer => Write(writer, document.RootElement, Reach.Personal));
    }

    /// <summary>
    /// An upstream's answer, which may repeat what it was sent: of a JSON object the shape and what it says
    /// about itself, of anything else how long it is.
    /// </summary>
    public static string? MaskAnswer(string? answer)
    {
        if (answer is null)
            return null;
        using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(answer), 64).Document;
        return document is { RootElement: { ValueKind: JsonValueKind.Object } root }
            ? Written(writer => WriteObject(writer, root, ReachInAnswer)).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"(text, {answer.Length} characters; not shown)");
    }

    private static Reach ReachInAnswer(JsonProperty member)
        => ShownOfAnswers.Contains(member.Name)
            && member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
                ? Reach.Personal
                : Reach.All;

    private static Utf8Json Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonAnswer.WriterOptions))
            write(writer);
        return new Utf8Json(buffer.WrittenMemory);
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement value, Func<JsonProperty, Reach> reach)
    {
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            writer.WritePropertyName(Masking.MaskAddresses(member.Name));
            Write(writer, member.Value, reach(member));
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Reach reach)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, value, member => Within(reach, member.Name));
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                    Write(writer, element, reach);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                var text = value.GetString()!;
                writer.WriteStringValue(
                    reach is Reach.People or Reach.All ? Masking.Mask(text) : Masking.MaskAddresses(text));
                break;
            case JsonValueKind.Number when reach is Reach.People or Reach.All:
                writer.WriteStringValue(Masking.Mask(value.GetRawText()));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static Reach Within(Reach outer, string name)
    {
        var plain = PersonalName.Plain(name);
        if (outer == Reach.All || PersonalName.Is(name) || (outer == Reach.Names && plain == "name"))
            return Reach.All;
        if (outer == Reach.People)
            return Harmless.Contains(plain) ? Reach.Personal : Reach.People;
        if (People.Contains(plain))
            return Reach.People;
        return Named.Contains(plain) ? Reach.Names : outer;
    }
}
