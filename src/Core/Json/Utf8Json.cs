using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Core.Json;

/// <summary>
/// One JSON value kept as the UTF-8 bytes it came in, so that numbers keep their digits and unknown attributes pass
/// through untouched. Equality is by bytes.
/// </summary>
[JsonConverter(typeof(Utf8JsonConverter))]
public readonly struct Utf8Json(ReadOnlyMemory<byte> bytes) : IEquatable<Utf8Json>
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public int Length => Bytes.Length;

    public bool IsEmpty => Bytes.IsEmpty;

    public static Utf8Json Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    public bool Equals(Utf8Json other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => obj is Utf8Json other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);

    public static bool operator ==(Utf8Json left, Utf8Json right) => left.Equals(right);

    public static bool operator !=(Utf8Json left, Utf8Json right) => !left.Equals(right);
}

/// <summary>Reads and writes <see cref="Utf8Json"/> as the value itself, byte for byte.</summary>
public sealed class Utf8JsonConverter : JsonConverter<Utf8Json>
{
    public override Utf8Json Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // A document returns the raw text of the value, however the reader's buffer is split.
        using var document = JsonDocument.ParseValue(ref reader);
        return new Utf8Json(Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
    }

    public override void Write(Utf8JsonWriter writer, Utf8Json value, JsonSerializerOptions options)
    {
        if (value.IsEmpty)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(value.Bytes.Span, skipInputValidation: true);
    }
}
