using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Core.Events;

/// <summary>
/// 128 bits of the SHA-256 of an envelope in canonical form. Two requests with the same event id are the same event
/// exactly when their content hashes are equal.
/// </summary>
[JsonConverter(typeof(ContentHashConverter))]
public readonly record struct ContentHash(UInt128 Value)
{
    // A thread keeps its own: setting one up takes as long as hashing a small event.
    [ThreadStatic]
    private static IncrementalHash? _kept;

    /// <summary>The hash of bytes that are already in canonical form.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> canonical)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];

        // Taken while it is in use: one that failed has bytes in it, and is not kept.
        var hash = _kept ?? IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _kept = null;
        hash.AppendData(canonical);
        hash.GetHashAndReset(digest);
        _kept = hash;
        return new ContentHash(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static ContentHash Parse(string text) =>
        new(UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}

/// <summary>Stores a content hash as 32 hexadecimal digits.</summary>
public sealed class ContentHashConverter : JsonConverter<ContentHash>
{
    public override ContentHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => ContentHash.Parse(reader.GetString() ?? throw new JsonException("A content hash is a string."));

    public override void Write(Utf8JsonWriter writer, ContentHash value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.ToString());
}
