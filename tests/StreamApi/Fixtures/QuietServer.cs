using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>
/// Answers every HTTP/1.1 request with <see cref="Replies.Receipt"/> and allocates nothing while it does, so that
/// what a process allocates meanwhile is the client's.
/// </summary>
internal sealed class QuietServer : IDisposable
{
    private const int LongestRequest = 8 * 1024;

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {Replies.Receipt.Length}\r\n\r\n{Replies.Receipt}");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Thread _serving;
    private Socket? _connection;
    private int _requests;
    private long _allocated;

    public QuietServer()
    {
        _listener.Start();
        _serving = new Thread(Serve) { IsBackground = true };
        _serving.Start();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Bytes that its own thread has allocated.</summary>
    public long Allocated => Volatile.Read(ref _allocated);

    public void Dispose()
    {
        _listener.Stop();
        _connection?.Dispose();
        _serving.Join();
    }

    /// <summary>Serves one connection: a second one would mean that the client does not keep the first alive.</summary>
    private void Serve()
    {
        try
        {
            _connection = _listener.AcceptSocket();
            _connection.NoDelay = true;
            var buffer = new byte[LongestRequest];
            var length = 0;
            while (_connection.Receive(buffer, length, buffer.Length - length, SocketFlags.None) is > 0 and var read)
            {
                length += read;
                if (!IsWhole(buffer.AsSpan(0, length)))
                    continue;
                length = 0;

                // The client counts when it has the answer, so these counts come before it.
                Interlocked.Increment(ref _requests);
                Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
                _connection.Send(Answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var end = request.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var value = request[(request.IndexOf("Content-Length: "u8) + "Content-Length: ".Length)..];
        var length = int.Parse(value[..value.IndexOf("\r\n"u8)], NumberStyles.None, CultureInfo.InvariantCulture);
        return request.Length >= end + 4 + length;
    }
}
