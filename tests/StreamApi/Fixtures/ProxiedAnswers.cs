using System.IO.Compression;
using System.Text;
using GuestSessions.Core.Delivery;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>A 201 as something between us and the upstream may leave it, byte by byte over HTTP/1.1.</summary>
internal sealed record ProxiedAnswer(string Name, string Head, byte[] Body, AttemptOutcome Outcome, string? Error)
{
    private static readonly byte[] Receipt = Encoding.UTF8.GetBytes(Replies.Receipt);
    private static readonly byte[] Accented = Encoding.Latin1.GetBytes("""{"status":"OK","note":"café","ref":"r-1"}""");

    public static readonly IReadOnlyList<ProxiedAnswer> All =
    [
        .. Texts(),
        .. Compressed(),
        .. Framed(),
    ];

    public Reply Reply => Replies.Part(Head).Then(Replies.Part(Encoding.Latin1.GetString(Body))).Then(Replies.Close);

    private static IEnumerable<ProxiedAnswer> Texts() =>
    [
        Delivered("a mark of UTF-8", [0xEF, 0xBB, 0xBF, .. Receipt]),
        Delivered("two marks of UTF-8", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. Receipt]),
        Delivered("UTF-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Replies.Receipt)]),
        Delivered("UTF-16BE with its mark", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Replies.Receipt)]),
        Delivered("UTF-32 with its mark", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(Replies.Receipt)]),
        Delivered("UTF-16 by its charset", Encoding.Unicode.GetBytes(Replies.Receipt), "Content-Type: application/json; charset=utf-16"),
        Delivered("UTF-16 that nobody names", Encoding.BigEndianUnicode.GetBytes(Replies.Receipt)),
        Delivered("Latin 1", Accented, "Content-Type: application/json; charset=latin1"),
        Delivered("Windows 1252", Accented, "Content-Type: text/html; charset=\"windows-1252\""),
        Delivered("a charset that is none", Receipt, "Content-Type: application/json; charset=utf8mb4"),
        Unreadable("a charset that is given up", [0xC3, .. Receipt], "Content-Type: application/json; charset=utf-7"),
        Delivered("a wrong charset", Receipt, "Content-Type: application/json; charset=utf-16"),
        Delivered("another type", Receipt, "Content-Type: text/html"),
        Delivered("white space around", [.. "\r\n\t "u8, .. Receipt, .. " \r\n\r\n"u8]),
        Delivered("a no-break space behind", [.. Receipt, 0xC2, 0xA0]),
        Unreadable("something behind", [.. Receipt, .. "<!-- proxy -->"u8]),
        Unreadable("something before", [.. "ok "u8, .. Receipt]),
        Unreadable("a list", [(byte)'[', .. Receipt, (byte)']']),
        Unreadable("a string", "\"ok\""u8.ToArray()),
        Unreadable("a mark alone", [0xEF, 0xBB, 0xBF]),
        Unreadable("white space alone", " \r\n"u8.ToArray()),
        Unreadable("nothing", []),
    ];

    private static IEnumerable<ProxiedAnswer> Compressed() =>
    [
        Delivered("gzip", Pack(static to => new GZipStream(to, CompressionLevel.Fastest)), "Content-Encoding: gzip"),
        Delivered("gzip by its old name", Pack(static to => new GZipStream(to, CompressionLevel.Fastest)), "Content-Encoding: x-gzip"),
        Delivered("gzip that nobody names", Pack(static to => new GZipStream(to, CompressionLevel.Fastest))),
        Delivered("named gzip, but plain", Receipt, "Content-Encoding: gzip"),
        Delivered("deflate", Pack(static to => new ZLibStream(to, CompressionLevel.Fastest)), "Content-Encoding: deflate"),
        Delivered("deflate without its head", Pack(static to => new DeflateStream(to, CompressionLevel.Fastest)), "Content-Encoding: deflate"),
        Delivered("brotli", Pack(static to => new BrotliStream(to, CompressionLevel.Fastest)), "Content-Encoding: br"),
        Delivered("identity", Receipt, "Content-Encoding: identity"),
        Unreadable("gzip without its length", Pack(static to => new GZipStream(to, CompressionLevel.Fastest))[..^4], "Content-Encoding: gzip"),
        Unreadable("gzip without its end", Pack(static to => new GZipStream(to, CompressionLevel.Fastest))[..^8]),
        Unreadable("gzip but for a byte", Pack(static to => new GZipStream(to, CompressionLevel.Fastest))[..^1], "Content-Encoding: gzip"),
        Unreadable("deflate without its end", Pack(static to => new ZLibStream(to, CompressionLevel.Fastest))[..^4], "Content-Encoding: deflate"),
        Unreadable("brotli but for a byte", Pack(static to => new BrotliStream(to, CompressionLevel.Fastest))[..^1], "Content-Encoding: br"),
        Unreadable("half of a gzip", Pack(static to => new GZipStream(to, CompressionLevel.Fastest))[..30], "Content-Encoding: gzip"),
        Unreadable("no brotli at all", "nothing of the kind"u8.ToArray(), "Content-Encoding: br"),
        Unreadable("something newer", [0x28, 0xB5, 0x2F, 0xFD, 0, 1, 2], "Content-Encoding: zstd"),
        new("a bomb", Length(Bomb().Length, "Content-Encoding: gzip"), Bomb(), AttemptOutcome.InDoubt, "answer_too_long"),
    ];

    private static IEnumerable<ProxiedAnswer> Framed() =>
    [
        new("HTTP/1.0 without a length", "HTTP/1.0 201 Created\r\n\r\n", Receipt, AttemptOutcome.Delivered, null),
        new("HTTP/1.1 until the end", "HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n", Receipt, AttemptOutcome.Delivered, null),
        new("a length that is too long", Length(Receipt.Length + 5), Receipt, AttemptOutcome.InDoubt, "answer_truncated"),
        new("a length that is too short", Length(Receipt.Length - 5), Receipt, AttemptOutcome.InDoubt, "answer_unreadable"),
        new("chunks without an end", "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n",
            [.. Encoding.ASCII.GetBytes($"{Receipt.Length:x}\r\n"), .. Receipt, .. "\r\n"u8],
            AttemptOutcome.InDoubt, "answer_truncated"),
        new("a chunk that breaks off", "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n",
            [.. Encoding.ASCII.GetBytes($"{Receipt.Length + 9:x}\r\n"), .. Receipt],
            AttemptOutcome.InDoubt, "answer_truncated"),
    ];

    private static ProxiedAnswer Delivered(string name, byte[] body, string header = "Content-Type: application/json") =>
        new(name, Length(body.Length, header), body, AttemptOutcome.Delivered, null);

    private static ProxiedAnswer Unreadable(string name, byte[] body, string header = "Content-Type: application/json") =>
        new(name, Length(body.Length, header), body, AttemptOutcome.InDoubt, "answer_unreadable");

    private static string Length(int length, string header = "Content-Type: application/json") =>
        $"HTTP/1.1 201 Created\r\nContent-Length: {length}\r\n{header}\r\n\r\n";

    private static byte[] Bomb() => Pack(static to => new GZipStream(to, CompressionLevel.Fastest), new byte[10_000_000]);

    private static byte[] Pack(Func<Stream, Stream> packing, byte[]? body = null)
    {
        using var packed = new MemoryStream();
        using (var stream = packing(packed))
            stream.Write(body ?? Receipt);
        return packed.ToArray();
    }
}
