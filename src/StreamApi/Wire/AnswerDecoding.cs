using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace GuestSessions.StreamApi.Wire;

/// <summary>
/// Reverses what a proxy may have done to a JSON answer: compression, another text encoding, byte order marks. Where
/// bytes and headers contradict each other, it believes the bytes, because a proxy may have left the headers unchanged.
/// </summary>
internal static class AnswerDecoding
{
    private static readonly Encoding BigEndian32 = new UTF32Encoding(bigEndian: true, byteOrderMark: true);

    /// <summary>Encodings by their marks. A longer mark comes before a shorter one that it starts with.</summary>
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32),
        ([0, 0, 0xFE, 0xFF], BigEndian32),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    /// <summary>The body without its compression, cut at one byte more than may be read.</summary>
    /// <param name="bytes">The body as it came.</param>
    /// <param name="encodings">Its <c>Content-Encoding</c>, in the order they were applied.</param>
    /// <exception cref="InvalidDataException">The body does not have the declared compression.</exception>
    /// <exception cref="InvalidOperationException">The same, for Brotli.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> bytes, IEnumerable<string> encodings)
    {
        foreach (var encoding in encodings.Reverse())
            bytes = Unpack(bytes, encoding.Trim().ToLowerInvariant());
        return IsGzip(bytes.Span) ? Unpack(bytes, "gzip") : bytes;
    }

    /// <summary>
    /// Whether there is nothing to reverse, and no escape to resolve: plain UTF-8 that begins and ends as a JSON object does.
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<byte> bytes) =>
        bytes is [(byte)'{', not 0, .., (byte)'}'] && !bytes.Contains((byte)'\\') && Utf8.IsValid(bytes);

    /// <summary>The text as UTF-8, without marks and white space around it.</summary>
    /// <param name="bytes">The body, not compressed.</param>
    /// <param name="charset">The one of its <c>Content-Type</c>.</param>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> bytes, string? charset)
    {
        var encoding = EncodingOf(bytes.Span, charset);
        if (encoding is null)
            return bytes;
        var text = encoding.GetString(bytes.Span);
        var trimmed = text.AsSpan().Trim('\uFEFF').Trim().Trim('\uFEFF');
        return Encoding.UTF8.GetBytes(trimmed.ToString());
    }

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> bytes, string encoding)
    {
        using var packed = new MemoryStream(bytes.ToArray());
        using Stream? unpacking = encoding switch
        {
            "gzip" or "x-gzip" when IsGzip(bytes.Span) => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" when IsZlib(bytes.Span) => new ZLibStream(packed, CompressionMode.Decompress),
            "deflate" when !BeginsAsJson(bytes.Span) => new DeflateStream(packed, CompressionMode.Decompress),
            "br" when !BeginsAsJson(bytes.Span) => new BrotliStream(packed, CompressionMode.Decompress),
            _ => null,
        };
        if (unpacking is null)
            return bytes;
        var unpacked = new byte[Answer.LongestRead + 1];
        return unpacked.AsMemory(0, unpacking.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false));
    }

    private static Encoding? EncodingOf(ReadOnlySpan<byte> bytes, string? charset)
    {
        foreach (var (mark, encoding) in Marks)
        {
            if (bytes.StartsWith(mark))
                return encoding;
        }

        // JSON begins with an ASCII character: a zero byte next to it shows the encoding (RFC 4627, 3).
        if (bytes.Length >= 2 && (bytes[0] == 0 || bytes[1] == 0))
            return bytes[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;
        return Utf8.IsValid(bytes) ? Encoding.UTF8 : Named(charset);
    }

    private static Encoding? Named(string? charset)
    {
        if (charset is null)
            return null;
        try
        {
            var name = charset.Trim('"', ' ');
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null; // Unknown or no longer supported (utf-7): the body is read as it came.
        }
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    // RFC 1950, 2.2: the method is 8, and the first two bytes are a multiple of 31.
    private static bool IsZlib(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] & 0x0F) == 8 && ((bytes[0] << 8) | bytes[1]) % 31 == 0;

    private static bool BeginsAsJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}
