using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>What a raw server does with one request; false ends the connection in good order.</summary>
internal delegate Task<bool> Reply(RawConnection connection);

/// <summary>
/// A server that speaks in bytes, so that it can misbehave exactly. The n-th request that is read, on
/// whatever connection, gets the n-th reply; further ones get the last.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();
    private readonly Reply[] _replies;
    private readonly Task _accepting;
    private int _connections;

    public RawServer(params Reply[] replies)
    {
        _replies = replies;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    /// <summary>The requests read so far, whole.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Waits for the next request that nobody waited for yet.</summary>
    public async Task<string> NextRequestAsync() =>
        await _arrived.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(new RawConnection(socket, _stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(RawConnection connection)
    {
        using (connection)
        {
            try
            {
                while (await connection.ReadRequestAsync() is { } request)
                {
                    int number;
                    lock (_requests)
                    {
                        number = _requests.Count;
                        _requests.Enqueue(request);
                    }

                    _arrived.Writer.TryWrite(request);
                    if (!await _replies[Math.Min(number, _replies.Length - 1)](connection))
                        return;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}

internal sealed class RawConnection(Socket socket, CancellationToken stop) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public CancellationToken Stop => stop;

    /// <summary>Reads one request whole; null when the client ended the connection.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await _stream.ReadAsync(buffer, stop);
            if (read == 0)
                return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public async Task WriteAsync(string text) =>
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop);

    /// <summary>Ends the connection with RST instead of FIN.</summary>
    public void Reset() => socket.Close(0);

    public void Dispose() => _stream.Dispose();

    private static bool IsWhole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = text[..end].Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture))
            .SingleOrDefault();
        return text.Length >= end + 4 + length;
    }
}
