using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// The form in which envelopes are compared: no white space, members sorted by the UTF-8 bytes of their
/// names, strings with only the escapes RFC 8785 leaves, numbers exactly as written (so <c>1.0</c> is not
/// <c>1</c>). Hashes of this form are stored, so the form never changes.
/// </summary>
public static class CanonicalJson
{
    /// <summary>
    /// The content hash of an envelope. Its <c>guest</c> member is left out, so that an event has the same
    /// hash whether the guest stands in the envelope or in the URL; so is <c>occurred_at</c>, because a retry with a
    /// new time is the same event.
    /// </summary>
    /// <param name="envelope">From a document of <see cref="StrictJson"/>.</param>
    public static ContentHash HashOf(JsonElement envelope)
    {
        // No canonical text is longer than the text it came from: it has no optional bytes left.
        var buffer = ArrayPool<byte>.Shared.Rent(JsonMarshal.GetRawUtf8Value(envelope).Length);
        try
        {
            var canonical = new Writer(buffer);
            canonical.Value(envelope, isEnvelope: true);
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(canonical.Written, digest);
            return new ContentHash(BinaryPrimitives.ReadUInt128BigEndian(digest));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ref struct Writer(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;
        private int _length;

        public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

        /// <param name="value">What to write.</param>
        /// <param name="isEnvelope">Whether to omit the members that are not content.</param>
        public void Value(JsonElement value, bool isEnvelope = false)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    Object(value, isEnvelope);
                    break;
                case JsonValueKind.Array:
                    Array(value);
                    break;
                case JsonValueKind.String:
                    var quoted = JsonMarshal.GetRawUtf8Value(value);
                    if (quoted.Contains((byte)'\\'))
                        Text(Encoding.UTF8.GetBytes(value.GetString()!));
                    else
                        Raw(quoted);
                    break;
                default:
                    Raw(JsonMarshal.GetRawUtf8Value(value));
                    break;
            }
        }

        private void Object(JsonElement value, bool isEnvelope)
        {
            var members = new JsonProperty[value.GetPropertyCount()];
            var count = 0;
            foreach (var member in value.EnumerateObject())
            {
                if (!isEnvelope || !(member.NameEquals("guest"u8) || member.NameEquals("occurred_at"u8)))
                    members[count++] = member;
            }

            members.AsSpan(0, count).Sort(static (x, y) => NameOf(x).SequenceCompareTo(NameOf(y)));
            Byte('{');
            for (var i = 0; i < count; i++)
            {
                if (i > 0)
                    Byte(',');
                Text(NameOf(members[i]));
                Byte(':');
                Value(members[i].Value);
            }

            Byte('}');
        }

        private void Array(JsonElement value)
        {
            Byte('[');
            var first = true;
            foreach (var item in value.EnumerateArray())
            {
                if (!first)
                    Byte(',');
                first = false;
                Value(item);
            }

            Byte(']');
        }

        private void Text(ReadOnlySpan<byte> text)
        {
            Byte('"');
            foreach (var b in text)
            {
                if (b >= ' ' && b is not ((byte)'"' or (byte)'\\'))
                    _buffer[_length++] = b;
                else
                    Escape(b);
            }

            Byte('"');
        }

        private void Escape(byte b)
        {
            Byte('\\');
            switch (b)
            {
                case (byte)'"' or (byte)'\\': Byte((char)b); break;
                case (byte)'\b': Byte('b'); break;
                case (byte)'\t': Byte('t'); break;
                case (byte)'\n': Byte('n'); break;
                case (byte)'\f': Byte('f'); break;
                case (byte)'\r': Byte('r'); break;
                default:
                    Raw("u00"u8);
                    Byte("0123456789abcdef"[b >> 4]);
                    Byte("0123456789abcdef"[b & 0xF]);
                    break;
            }
        }

        private void Raw(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_buffer[_length..]);
            _length += bytes.Length;
        }

        private void Byte(char ascii) => _buffer[_length++] = (byte)ascii;

        private static ReadOnlySpan<byte> NameOf(JsonProperty member)
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(member);
            return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.Name) : raw;
        }
    }
}
