using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using GuestSessions.Core.Events;

namespace GuestSessions.Core.Sessions;

/// <summary>An event id inside the deduplication window. 56 bytes, in memory and stored.</summary>
/// <param name="Id">See <see cref="HashOf"/>. The id itself is in the journal only.</param>
/// <param name="Hash">The content that the id stands for.</param>
/// <param name="ReceivedAtTicks">In ticks of UTC.</param>
/// <param name="OccurredAtTicks">When it happened by the caller's clock, in ticks of UTC; 0 if the caller did not say.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct RememberedId(
    UInt128 Id, ContentHash Hash, long Sequence, long ReceivedAtTicks, long OccurredAtTicks = 0)
{
    /// <summary>Bytes of one in its stored form.</summary>
    internal const int Length = 56;

    private const int LongestOnStack = 512;

    public static RememberedId Of(EventRecorded recorded) => new(
        HashOf(recorded.EventId), recorded.Hash, recorded.Sequence, recorded.ReceivedAt.UtcTicks,
        recorded.OccurredAt?.UtcTicks ?? 0);

    /// <summary>128 bits of the SHA-256 of an event id in UTF-8. Ids with equal hashes count as the same id.</summary>
    public static UInt128 HashOf(string eventId)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(eventId.Length);
        var bytes = longest <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[longest];
        return ContentHash.Of(bytes[..Encoding.UTF8.GetBytes(eventId, bytes)]).Value;
    }

    internal void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Id);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[16..], Hash.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], ReceivedAtTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], OccurredAtTicks);
    }

    internal static RememberedId Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt128LittleEndian(bytes),
        new ContentHash(BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..])),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]));
}

/// <summary>Stores remembered ids as one text in Base64: there may be thousands.</summary>
public sealed class RememberedIdsConverter : JsonConverter<IReadOnlyList<RememberedId>>
{
    public override IReadOnlyList<RememberedId> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var bytes = reader.GetBytesFromBase64();
        if (bytes.Length % RememberedId.Length != 0)
            throw new JsonException("The last of the remembered ids is cut off.");
        var ids = new RememberedId[bytes.Length / RememberedId.Length];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = RememberedId.Read(bytes.AsSpan(i * RememberedId.Length));
        return ids;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<RememberedId> value, JsonSerializerOptions options)
    {
        var bytes = new byte[value.Count * RememberedId.Length];
        for (var i = 0; i < value.Count; i++)
            value[i].Write(bytes.AsSpan(i * RememberedId.Length));
        writer.WriteBase64StringValue(bytes);
    }
}
