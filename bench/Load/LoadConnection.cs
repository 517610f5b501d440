using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Unicode;

namespace GuestSessions.Bench.Load;

/// <summary>
/// One HTTP/1.1 connection with one request under way, written by hand because the load shares the cores with what it
/// measures.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    public const string Secret = "bench-ingest";
    public const string PointOfSale = "harbourbikes/ie";

    /// <summary>An envelope's end, without what says to the sink whose event it is, and which.</summary>
    public const string Event = """
        "event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/tourers/summer/tourer-2","pos":"harbourbikes/ie","ext":{"pageVariantId":"v7","durationMin":25,"firstFit":true,
        """;

    /// <summary>An envelope's time: that of the call, because the service warns of events that are old, and stores the warnings.</summary>
    public static string Occurred =>
        string.Create(CultureInfo.InvariantCulture, $"\"occurred_at\":\"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}\",");

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request = new byte[2 * 1024];
    private readonly byte[] _body = new byte[1024];
    private readonly byte[] _answer = new byte[16 * 1024];

    public Task ConnectAsync(int port) => _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <returns>The status of the answer.</returns>
    public async ValueTask<int> PostAsync(string guest, string run, int number)
    {
        await _socket.SendAsync(_request.AsMemory(0, Write(guest, run, number)));
        return await ReadAsync();
    }

    public void Dispose() => _socket.Dispose();

    private int Write(string guest, string run, int number)
    {
        Utf8.TryWrite(_body, CultureInfo.InvariantCulture,
            $"{{\"event_id\":\"{run}-{number:D10}\",{Occurred}{Event}{Place.Of(run, guest, number)}}}}}}}", out var length);
        Utf8.TryWrite(_request, CultureInfo.InvariantCulture,
            $"POST /v1/guests/{guest}/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {Secret}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
            out var head);
        _body.AsSpan(0, length).CopyTo(_request.AsSpan(head));
        return head + length;
    }

    private async ValueTask<int> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            length += read;
            if (IsWhole(_answer.AsSpan(0, length)))
                return int.Parse(_answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var lengthAt = answer.IndexOf("Content-Length: "u8);
        if (lengthAt < 0 || lengthAt > head)
            return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(lengthAt + 16)..head];
        var end = digits.IndexOf((byte)'\r');
        var body = int.Parse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture);
        return answer.Length >= head + 4 + body;
    }
}
