using System.Buffers.Binary;
using System.Text;

namespace GuestSessions.Storage.Codec;

/// <summary>Reads what <see cref="RowWriter"/> wrote.</summary>
/// <exception cref="FormatException">The bytes end too early, or are not what was written.</exception>
internal ref struct RowReader(ReadOnlyMemory<byte> bytes, DateTimeOffset at)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _next;

    /// <summary>What is not read yet.</summary>
    public readonly ReadOnlyMemory<byte> Rest => bytes[_next..];

    public byte Byte() => Take(1).Span[0];

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new FormatException("A number does not end.");
    }

    public int Int() => checked((int)Signed());

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public DateTimeOffset Time() => new(checked(at.UtcTicks + Signed()), TimeSpan.Zero);

    /// <summary>The bytes of the row itself, not a copy.</summary>
    public ReadOnlyMemory<byte> Bytes() => Take(checked((int)Number()));

    public string Text() => Strict.GetString(Bytes().Span);

    public string Id() => Number() switch
    {
        (ulong)IdForm.Text => Text(),
        (ulong)IdForm.Digits => Uuid().ToString("N"),
        (ulong)IdForm.Hyphens => Uuid().ToString("D"),
        _ => throw new FormatException("The form of an id is not known."),
    };

    public string Part(ReadOnlyMemory<byte> of)
    {
        var number = Number();
        var length = checked((int)(number >> 1));
        if ((number & 1) == 0)
            return Strict.GetString(Take(length).Span);
        var place = checked((int)Number());
        return length <= of.Length - place
            ? Strict.GetString(of.Span.Slice(place, length))
            : throw new FormatException("A part is beyond the end.");
    }

    public UInt128 Hash() => BinaryPrimitives.ReadUInt128BigEndian(Take(16).Span);

    private Guid Uuid() => new(Take(16).Span, bigEndian: true);

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > bytes.Length - _next)
            throw new FormatException("The row ends too early.");
        var taken = bytes.Slice(_next, length);
        _next += length;
        return taken;
    }
}
