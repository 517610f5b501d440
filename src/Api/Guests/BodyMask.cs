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
        "identifiers", "contact", "contacts", "consumer", "consumers");

    /// <summary>Under these names, a <c>name</c> is a person's; elsewhere it is a product's.</summary>
    private static readonly FrozenSet<string> Named = FrozenSet.Create(StringComparer.Ordinal,
        "customer", "customers", "guest", "guests", "user", "visitor", "person", "profile");

    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(StringComparer.Ordinal,
        "provider", "expirydate", "title", "gender", "state", "country", "nationality");

    private enum Reach
    {
        /// <summary>Only values whose names are <see cref="PersonalName"/>s.</summary>
        Personal,

        /// <summary>The same, and a plain <c>name</c>.</summary>
        Names,

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

    private static Reach Within(Reach outer, string name)
    {
        if (outer == Reach.Secret || PersonalName.IsSecret(name))
            return Reach.Secret;
        var plain = PersonalName.Plain(name);
        if (outer == Reach.All || PersonalName.Is(name) || (outer == Reach.Names && plain == "name"))
            return Reach.All;
        if (outer == Reach.People)
            return Harmless.Contains(plain) ? Reach.Personal : Reach.People;
        if (People.Contains(plain))
            return Reach.People;
        return Named.Contains(plain) ? Reach.Names : outer;
    }

    private sealed class Walk(Utf8JsonWriter writer, Func<string, string> mask, Action<string, string>? personal)
    {
        public void Write(JsonElement value, Reach reach)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    writer.WriteStartObject();
                    foreach (var member in value.EnumerateObject())
                    {
                        writer.WritePropertyName(mask(member.Name));
                        Write(member.Value, Within(reach, member.Name));
                    }

                    writer.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    foreach (var element in value.EnumerateArray())
                        Write(element, reach);
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
