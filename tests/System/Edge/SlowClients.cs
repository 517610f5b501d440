using System.Net;
using System.Net.Sockets;
using System.Text;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Edge;

/// <summary>
/// Clients that send so slowly that the server just bears it. Each that is turned away connects again, until they are told to
/// end; there are never more of them than asked for.
/// </summary>
internal sealed class SlowClients : IAsyncDisposable
{
    private const string Address = "127.0.0.3";

    private static readonly TimeSpan Drip = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _all;
    private int _begun;

    private SlowClients(int clients, Func<SlowClients, CancellationToken, Task> run) =>
        _all = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => run(this, _end.Token)));

    /// <summary>How often a request has been begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Clients that send a head, and then so many bytes a second of a body that never ends.</summary>
    public static SlowClients Uploading(Uri to, int clients, string path, string headers, int bytesPerSecond) => new(
        clients, (all, end) => all.RepeatAsync(to, $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}"
            + "Content-Type: application/json\r\nContent-Length: 30000\r\n\r\n", new string(' ', bytesPerSecond), end));

    /// <summary>Clients whose heads never end.</summary>
    public static SlowClients SayingHeads(Uri to, int clients) => new(
        clients, (all, end) => all.RepeatAsync(to, "POST /v1.2/events HTTP/1.1\r\nHost: localhost\r\n", "X-A: b\r\n", end));

    /// <summary>Connections over HTTP/2, each with so many bodies that never end.</summary>
    public static SlowClients UploadingOverHttp2(Uri to, int connections, int streams, string path, int bytesPerSecond) => new(
        connections, async (all, end) =>
        {
            using var client = HonestCaller.From(Address, to, null);
            client.DefaultRequestVersion = HttpVersion.Version20;
            client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => all.RepeatStreamAsync(client, path, bytesPerSecond, end)));
        });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _all;
        _end.Dispose();
    }

    private async Task RepeatAsync(Uri to, string head, string drip, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var socket = await HonestCaller.ConnectAsync(Address, new IPEndPoint(IPAddress.Loopback, to.Port), end);
                await socket.SendAsync(Encoding.ASCII.GetBytes(head), end);
                Interlocked.Increment(ref _begun);
                await SendUntilRefusedAsync(socket, Encoding.ASCII.GetBytes(drip), end);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // Turned away, or told to end.
            }
        }
    }

    private static async Task SendUntilRefusedAsync(Socket socket, byte[] drip, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Drip);
        while (await timer.WaitForNextTickAsync(end))
        {
            if (socket.Available > 0)
                return; // An answer.
            await socket.SendAsync(drip, end);
        }
    }

    private async Task RepeatStreamAsync(HttpClient client, string path, int bytesPerSecond, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var content = new SlowContent(bytesPerSecond, () => Interlocked.Increment(ref _begun));
                using var request = new HttpRequestMessage(HttpMethod.Post, path)
                {
                    Content = content,
                    Version = client.DefaultRequestVersion,
                    VersionPolicy = client.DefaultVersionPolicy,
                };
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
                await Eventually.ElapseAsync(Drip);
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
            {
                // Turned away, or told to end.
            }
        }
    }

    /// <summary>A body that goes on for as long as it may.</summary>
    private sealed class SlowContent(int bytesPerSecond, Action begin) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            begin();
            var drip = Encoding.ASCII.GetBytes(new string(' ', bytesPerSecond));
            using var timer = new PeriodicTimer(Drip);
            do
            {
                await stream.WriteAsync(drip, cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
