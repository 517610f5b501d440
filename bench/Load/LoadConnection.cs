using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GuestSessions.Bench.Load;

/// <summary>
/// One HTTP/1.1 connection with one request under way, written by hand because the load shares the cores with what it
/// measures.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const string Rest = """
        "occurred_at":"2026-11-23T10:15:30.120Z","event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/tourers/summer/tourer-2","pos":"harbourbikes/ie","ext":{"pageVariantId":"v7","durationMin":25,"mechanicId":"M7","firstFit":true}}}
        """;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[16 * 1024];

    public Task ConnectAsync(int port) => _socket.ConnectAsync(IPAddress.Loopback, port);

    /// <returns>The status of the answer.</returns>
    public async ValueTask<int> PostAsync(string guest, string eventId)
    {
        var body = $"{{\"event_id\":\"{eventId}\",{Rest}";
        var request =
            $"POST /v1/guests/{guest}/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer demo-ingest\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return await ReadAsync();
    }

    public void Dispose() => _socket.Dispose();

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
