namespace GuestSessions.Core.Events;

/// <summary>The escapes that RFC 8785 leaves. Each stands for one byte.</summary>
internal static class CanonicalEscape
{
    private const string Digits = "0123456789abcdef";

    /// <summary>The characters that have an escape of their own, and that escape's letter.</summary>
    private const string Short = "\"\"\\\\\bb\tt\nn\ff\rr";

    /// <summary>Writes the escape of a character, and returns its length.</summary>
    public static int Write(byte character, Span<byte> to)
    {
        to[0] = (byte)'\\';
        for (var at = 0; at < Short.Length; at += 2)
        {
            if (Short[at] != character)
                continue;
            to[1] = (byte)Short[at + 1];
            return 2;
        }

        "u00"u8.CopyTo(to[1..]);
        to[4] = (byte)Digits[character >> 4];
        to[5] = (byte)Digits[character & 0xF];
        return 6;
    }

    /// <summary>Compares two texts by the bytes that they stand for.</summary>
    public static int Compare(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        while (!one.IsEmpty && !other.IsEmpty)
        {
            var difference = Next(ref one).CompareTo(Next(ref other));
            if (difference != 0)
                return difference;
        }

        return one.Length.CompareTo(other.Length);
    }

    private static byte Next(ref ReadOnlySpan<byte> text)
    {
        var first = text[0];
        if (first != '\\')
        {
            text = text[1..];
            return first;
        }

        if (text[1] == 'u')
        {
            var character = (Digits.IndexOf((char)text[4]) << 4) + Digits.IndexOf((char)text[5]);
            text = text[6..];
            return (byte)character;
        }

        for (var at = 0; at < Short.Length; at += 2)
        {
            if (Short[at + 1] != text[1])
                continue;
            text = text[2..];
            return (byte)Short[at];
        }

        throw new System.Diagnostics.UnreachableException("Canonical text has no other escapes.");
    }
}
