using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks the personal values of an event object by the names of their attributes, at any depth and in any
/// event type: apps put an e-mail address into <c>ext</c> too. All other values are shown as they are,
/// numbers digit by digit.
/// </summary>
internal static class BodyMask
{
    /// <summary>
    /// Compared without case, <c>_</c> and <c>-</c>. The attributes of IDENTITY, ADD_CONTACTS and
    /// ADD_CONSUMERS that tell who or where someone is; title, gender, state and country do not by
    /// themselves.
    /// </summary>
    private static readonly FrozenSet<string> Personal = FrozenSet.Create(StringComparer.Ordinal,
        "email", "emailaddress", "firstname", "lastname", "fullname", "mobile", "phone", "phonenumber", "dob",
        "dateofbirth", "birthdate", "street", "address", "city", "postalcode", "postcode", "zip", "zipcode",
        "passport", "passportnumber");

    /// <summary>Under these everything that is not said to be harmless is about a person.</summary>
    private static readonly FrozenSet<string> People = FrozenSet.Create(StringComparer.Ordinal,
        "identifiers", "contact", "contacts", "consumer", "consumers");

    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal,
        "provider", "expirydate", "title", "gender", "state", "country", "nationality");

    private enum Reach
    {
        /// <summary>Only values named in <see cref="Personal"/>.</summary>
        Named,

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
        return Mask(document.RootElement);
    }

    /// <summary>An upstream's answer, which may repeat what it was sent: masked where it is JSON.</summary>
    public static string? MaskAnswer(string? answer)
    {
        if (answer is null
            || StrictJson.Parse(Encoding.UTF8.GetBytes(answer), 64).Document is not { } document)
            return answer;
        using (document)
            return Mask(document.RootElement).ToString();
    }

    private static Utf8Json Mask(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonAnswer.WriterOptions))
            Write(writer, root, Reach.Named);
        return new Utf8Json(buffer.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, Reach reach)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, Within(reach, member.Name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                    Write(writer, element, reach);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when reach != Reach.Named:
                writer.WriteStringValue(Masking.Mask(value.GetString()!));
                break;
            case JsonValueKind.Number when reach != Reach.Named:
                writer.WriteStringValue(Masking.Mask(value.GetRawText()));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static Reach Within(Reach outer, string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .ToLowerInvariant();
        if (outer == Reach.All || Personal.Contains(plain))
            return Reach.All;
        if (outer == Reach.People)
            return Harmless.Contains(plain) ? Reach.Named : Reach.People;
        return People.Contains(plain) ? Reach.People : Reach.Named;
    }
}
