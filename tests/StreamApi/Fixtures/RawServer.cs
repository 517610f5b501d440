using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace GuestSessions.StreamApi.Tests.Fixtures;

/// <summary>What a raw server does with one request; false ends the connection in good order.</summary>
internal delegate Task<bool> Reply(IRawExchange exchange);

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
    private readonly X509Certificate2? _certificate;
    private readonly Reply[] _replies;
    private readonly Task _accepting;
    private int _connections;

    /// <summary>Speaks HTTP/1.1 in clear text.</summary>
    public RawServer(params Reply[] replies)
        : this(null, replies)
    {
    }

    private RawServer(X509Certificate2? certificate, Reply[] replies)
    {
        _certificate = certificate;
        _replies = replies;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"{(_certificate is null ? "http" : "https")}://{_listener.LocalEndpoint}";

    /// <summary>The requests read so far, whole.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A reply has begun to hang.</summary>
    public bool IsHanging { get; private set; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Speaks HTTP/2 over TLS.</summary>
    public static RawServer Http2(X509Certificate2 certificate, params Reply[] replies) =>
        new(certificate, replies);

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
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var exchange = await OpenAsync(socket);
            while (await exchange.ReadRequestAsync() is { } request)
            {
                int number;
                lock (_requests)
                {
                    number = _requests.Count;
                    _requests.Enqueue(request);
                }

                _arrived.Writer.TryWrite(request);
                if (!await _replies[Math.Min(number, _replies.Length - 1)](exchange))
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException)
        {
            // The client went away, the reply cut the connection, or the test is over.
        }
    }

    private async Task<IRawExchange> OpenAsync(Socket socket) => _certificate is null
        ? new RawHttp1Exchange(socket, () => IsHanging = true, _stop.Token)
        : await RawHttp2Exchange.OpenAsync(socket, _certificate, () => IsHanging = true, _stop.Token);
}
