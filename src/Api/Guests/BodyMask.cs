using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Core.Json;

namespace GuestSessions.Api.Guests;

/// <summary>
/// Masks the personal values of an event object by the names of their attributes, at any depth and in any event type. Masks
/// all other values by what they look like, because apps put e-mail addresses into <c>ext</c> and into page URLs too.
/// </summary>
internal static class BodyMask
{
    private const int JsonDepth = 64;

    /// <summary>Under these names, every value that is not <see cref="Harmless"/> is about a person.</summary>
    private static readonly FrozenSet<string> People = FrozenSet.Create(StringComparer.Ordinal,
        "identifiers", "contact", "contacts", "consumer", "consumers", "billto", "shipto", "soldto", "deliverto",
        "invoiceto");

    /// <summary>Under these names and those of roles, a <c>name</c> is a person's; elsewhere it is a product's.</summary>
    private static readonly FrozenSet<string> Named = FrozenSet.Create(StringComparer.Ordinal,
        "profile");

    /// <summary>Under these names, a <c>value</c> is of what they name: <c>{"name":"password","value":"…"}</c>.</summary>
    private static readonly FrozenSet<string> NamesOfValues = FrozenSet.Create(StringComparer.Ordinal,
        "name", "key", "k", "label", "field", "fieldname", "id", "type", "property", "param", "parameter", "attribute", "header");

    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal,
        "provider", "expirydate", "title", "gender", "state", "country", "nationality");

    private enum Reach
    {
        /// <summary>Only values whose names are <see cref="PersonalName"/>s.</summary>
        Personal,

        /// <summary>The same, and a plain <c>name</c>.</summary>
        Names,

        /// <summary>The same as <see cref="Personal"/>; an <c>id</c> is secret.</summary>
        Session,

        /// <summary>Everything but <see cref="Harmless"/>.</summary>
        People,

        /// <summary>Everything.</summary>
        All,

        /// <summary>Everything, and no part of a value is shown.</summary>
        Secret,
    }

    /// <summary>The same object with personal values masked; empty stays empty.</summary>
    public static Utf8Json Mask(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return default;
        using var document = JsonDocument.Parse(body);
        return Mask(document.RootElement, TextMask.Mask, personal: null);
    }

    /// <summary>Masks a text that is itself JSON; null for any other text, and if nothing needs masking.</summary>
    public static string? MaskNested(string text)
    {
        if (text.AsSpan().TrimStart() is not (['{', ..] or ['[', ..]))
            return null;
        using var document = StrictJson.Parse(Encoding.UTF8.GetBytes(text), JsonDepth).Document;
        var masked = document is null ? null : Mask(document.RootElement, TextMask.Mask, personal: null).ToString();
        return masked?.Contains(Masking.Hidden, StringComparison.Ordinal) == true ? masked : null;
    }

    /// <summary>Masks any JSON value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mask">Masks a text that is not personal by its name.</param>
    /// <param name="personal">Receives each personal text, and what is shown of it.</param>
    public static Utf8Json Mask(JsonElement value, Func<string, string> mask, Action<string, string>? personal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonAnswer.WriterOptions))
            new Walk(writer, mask, personal).Write(value, Reach.Personal);
        return new Utf8Json(buffer.WrittenMemory);
    }

    private static Reach Within(Reach outer, string name, JsonElement value)
    {
        var text = TextOf(value);
        var plain = PersonalName.Plain(name);
        if (outer == Reach.Secret || PersonalName.IsSecret(name, text) || (outer == Reach.Session && plain is "id" or "key"))
            return Reach.Secret;
        if (outer == Reach.All)
            return Reach.All;
        if (People.Contains(plain))
            return Reach.People;
        if (PersonalName.Is(name, text) || (outer == Reach.Names && plain == "name"))
            return Reach.All;
        if (outer == Reach.People)
            return Harmless.Contains(plain) ? Reach.Personal : Reach.People;
        if (plain == "session")
            return Reach.Session;
        return Named.Contains(plain) || PersonalName.IsRole(name) ? Reach.Names : outer == Reach.Session ? Reach.Personal : outer;
    }

    /// <summary>What decides whether a value is personal: a text, a number, or a pair of numbers.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array when value.GetArrayLength() is 2 or 3
            && value.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.Number) => value.GetRawText(),
        _ => "",
    };

    /// <summary>The name that a member of the object gives to its value; null if it is not personal.</summary>
    private static string? NameOfValue(JsonElement @object)
    {
        foreach (var member in @object.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String && NamesOfValues.Contains(PersonalName.Plain(member.Name))
                && member.Value.GetString() is { } name && PersonalName.IsNameOfValue(name))
                return name;
        }

        return null;
    }

    /// <summary>Whether it is a name and its value: <c>["password","…"]</c>, as programs write the fields of a form.</summary>
    private static bool IsSecretPair(JsonElement array) =>
        array.GetArrayLength() == 2 && array[0].ValueKind == JsonValueKind.String
        && PersonalName.IsNameOfValue(array[0].GetString()!) && PersonalName.IsSecret(array[0].GetString()!);

    private static bool IsValue(string name) => PersonalName.Plain(name) is var plain
        && (plain is "v" or "val" or "values" or "answer" || plain.EndsWith("value", StringComparison.Ordinal));

    private sealed class Walk(Utf8JsonWriter writer, Func<string, string> mask, Action<string, string>? personal)
    {
        public void Write(JsonElement value, Reach reach)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    writer.WriteStartObject();
                    var named = NameOfValue(value);
                    foreach (var member in value.EnumerateObject())
                    {
                        var name = named is not null && IsValue(member.Name) ? named : member.Name;
                        writer.WritePropertyName(mask(member.Name));
                        Write(member.Value, Within(reach, name, member.Value));
                    }

                    writer.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    var isSecretPair = IsSecretPair(value);
                    foreach (var (at, element) in value.EnumerateArray().Index())
                        Write(element, isSecretPair && at > 0 ? Reach.Secret : reach);
                    writer.WriteEndArray();
                    break;
                case JsonValueKind.String:
                    writer.WriteStringValue(Shown(value.GetString()!, reach));
                    break;
                case JsonValueKind.Number when Shown(value.GetRawText(), reach) is var shown && shown != value.GetRawText():
                    writer.WriteStringValue(shown);
                    break;
                default:
                    value.WriteTo(writer);
                    break;
            }
        }

        private string Shown(string text, Reach reach)
        {
            if (reach is Reach.People or Reach.All or Reach.Secret)
            {
                var shown = reach == Reach.Secret ? Masking.Hidden : Masking.Mask(text);
                personal?.Invoke(text, shown);
                return shown;
            }

            return mask(text);
        }
    }
}
