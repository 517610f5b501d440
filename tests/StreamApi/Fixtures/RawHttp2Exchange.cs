using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>
/// HTTP/2 frame by frame (RFC 9113), as far as one request at a time needs it. A request counts as read when its
/// last frame came; one that is given up before is none.
/// </summary>
internal sealed class RawHttp2Exchange : IRawExchange
{
    public const int RefusedStream = 0x7;
    public const int InternalError = 0x2;
    public const int Cancel = 0x8;
    public const int EnhanceYourCalm = 0xb;
    public const int Http11Required = 0xd;

    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4;
    private const int PrefaceLength = 24;

    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly Action _hung;
    private readonly CancellationToken _stop;
    private int _streamId;

    private RawHttp2Exchange(Socket socket, SslStream stream, Action hung, CancellationToken stop)
    {
        _socket = socket;
        _stream = stream;
        _hung = hung;
        _stop = stop;
    }

    public static async Task<IRawExchange> OpenAsync(
        Socket socket, X509Certificate2 certificate, Action hung, CancellationToken stop)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
            },
            stop);
        await stream.ReadExactlyAsync(new byte[PrefaceLength], stop);
        var exchange = new RawHttp2Exchange(socket, stream, hung, stop);
        await exchange.SendAsync(Settings, 0, 0, []);
        return exchange;
    }

    public async Task<string?> ReadRequestAsync()
    {
        var body = new StringBuilder();
        while (true)
        {
            var (type, flags, streamId, payload) = await ReceiveAsync();
            if (type == Settings && (flags & Ack) == 0)
                await SendAsync(Settings, Ack, 0, []);
            else if (type == Ping && (flags & Ack) == 0)
                await SendAsync(Ping, Ack, 0, payload);
            else if (type == Data && streamId == _streamId)
                body.Append(Encoding.Latin1.GetString(payload));
            else if (type == Headers)
                (_streamId, _) = (streamId, body.Clear());

            if (type is Headers or Data && streamId == _streamId && (flags & EndStream) != 0)
                return body.ToString();
        }
    }

    public Task BeginAsync(int status, int length, params (string Name, string Value)[] headers)
    {
        var block = new List<byte>();
        (string Name, string Value)[] all =
            [(":status", $"{status}"), .. status == 204 ? [] : new[] { ("content-length", $"{length}") }, .. headers];
        foreach (var (name, value) in all)
        {
            // A literal without indexing and without Huffman code (RFC 7541, 6.2.2).
            block.AddRange([0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name.ToLowerInvariant())]);
            block.AddRange([(byte)value.Length, .. Encoding.Latin1.GetBytes(value)]);
        }

        return SendAsync(Headers, EndHeaders, _streamId, [.. block]);
    }

    public Task WriteAsync(string part) => SendAsync(Data, 0, _streamId, Encoding.Latin1.GetBytes(part));

    public Task EndAsync() => SendAsync(Data, EndStream, _streamId, []);

    public async Task HangAsync()
    {
        _hung();

        // Deaf, but alive to pings: a peer whose service hangs, not its network.
        while (true)
        {
            var (type, flags, _, payload) = await ReceiveAsync();
            if (type == Ping && (flags & Ack) == 0)
                await SendAsync(Ping, Ack, 0, payload);
        }
    }

    public void Reset() => _socket.Close(0);

    /// <summary>Ends the request, not the connection.</summary>
    public Task ResetStreamAsync(int code)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, code);
        return SendAsync(ResetStream, 0, _streamId, payload);
    }

    /// <summary>Takes no streams beyond <paramref name="lastStream"/>; by default it took the current one.</summary>
    public Task GoAwayAsync(int? lastStream = null)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(payload, lastStream ?? _streamId);
        return SendAsync(GoAway, 0, 0, payload);
    }

    /// <summary>A frame that breaks the protocol: settings of no whole number of entries.</summary>
    public Task SendGarbageAsync() => SendAsync(Settings, 0, 0, [1, 2, 3, 4, 5]);

    public void Dispose() => _stream.Dispose();

    private async Task SendAsync(byte type, byte flags, int streamId, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, (payload.Length << 8) | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), streamId);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame, _stop);
    }

    private async Task<(byte Type, byte Flags, int StreamId, byte[] Payload)> ReceiveAsync()
    {
        var head = new byte[9];
        await _stream.ReadExactlyAsync(head, _stop);
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
        await _stream.ReadExactlyAsync(payload, _stop);
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
    }
}
