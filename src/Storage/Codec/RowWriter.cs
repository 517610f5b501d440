using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace GuestSessions.Storage.Codec;

/// <summary>Writes the fields of a row: numbers in as few bytes as they need, texts and bytes after their length.</summary>
/// <param name="at">Times are written as their distance from this one, which is short.</param>
internal readonly ref struct RowWriter(ArrayBufferWriter<byte> bytes, DateTimeOffset at)
{
    private const int LongestNumber = 10;

    // A shorter text needs no more bytes than its place. A longer one is rare, and its search costs more.
    private const int ShortestPart = 3;
    private const int LongestPart = 512;

    public void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    /// <summary>Seven bits a byte, the lowest first; the eighth bit says that more follow.</summary>
    public void Number(ulong value)
    {
        var span = bytes.GetSpan(LongestNumber);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        bytes.Advance(length);
    }

    /// <summary>Small values of either sign are short: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Time(DateTimeOffset time) => Signed(time.UtcTicks - at.UtcTicks);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        bytes.Write(value);
    }

    public void Text(ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        Encoding.UTF8.GetBytes(value, bytes.GetSpan(length));
        bytes.Advance(length);
    }

    /// <summary>An id that somebody generated, which is usually the text of a UUID: that needs 16 bytes.</summary>
    public void Id(string value)
    {
        var form = IdForms.Of(value, out var uuid);
        Number((ulong)form);
        if (form == IdForm.Text)
        {
            Text(value);
            return;
        }

        uuid.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out _);
        bytes.Advance(16);
    }

    /// <summary>A text that is often part of bytes that are stored as well: its place in them is shorter.</summary>
    public void Part(string value, ReadOnlySpan<byte> of)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        if (length is >= ShortestPart and <= LongestPart)
        {
            Span<byte> text = stackalloc byte[length];
            Encoding.UTF8.GetBytes(value, text);
            if (of.IndexOf(text) is >= 0 and var place)
            {
                Number(((ulong)length << 1) | 1);
                Number((ulong)place);
                return;
            }
        }

        Number((ulong)length << 1);
        Encoding.UTF8.GetBytes(value, bytes.GetSpan(length));
        bytes.Advance(length);
    }

    public void Hash(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes.GetSpan(16), value);
        bytes.Advance(16);
    }
}
