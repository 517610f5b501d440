using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests.Edge;

/// <summary>A backend, a support agent and a visitor, each of whom calls one thing after the other.</summary>
internal sealed class HonestCaller : IDisposable
{
    private readonly HttpClient _backend;
    private readonly HttpClient _support;
    private readonly HttpClient _visitor;
    private readonly string _browserId;
    private int _rounds;

    public HonestCaller(Uri api, Uri ingress, string browserId)
    {
        _backend = From("127.0.0.1", api, "demo-ingest");
        _support = From("127.0.0.1", api, "demo-support");
        _visitor = From("127.0.0.2", ingress, null);
        _browserId = browserId;
    }

    /// <summary>Calls of each kind, one after the other; throws when one is answered as it should not be.</summary>
    /// <returns>How long all but one in a hundred took at most.</returns>
    public async Task<TimeSpan> CallAsync(int rounds)
    {
        List<TimeSpan> took = [];
        for (var round = 0; round < rounds; round++)
        {
            var mark = $"honest-{_rounds++}";
            took.Add(await TimedAsync(HttpStatusCode.Accepted, () => _backend.PostAsync(
                "/v1/guests/honest/events", Json(SentEvent.Order("honest", mark).ToEnvelope()))));
            took.Add(await TimedAsync(HttpStatusCode.OK, () => _support.GetAsync("/v1/guests/honest")));
            took.Add(await TimedAsync(HttpStatusCode.Created, () => _visitor.PostAsync("/v1.2/events", Json(View(mark)))));
        }

        took.Sort();
        return took[(int)(took.Count * 0.99)];
    }

    /// <summary>A client whose connections come from one address of this machine.</summary>
    public static HttpClient From(string address, Uri to, string? secret)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = await ConnectAsync(address, new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new HttpClient(handler) { BaseAddress = to, Timeout = TimeSpan.FromSeconds(30) };
        if (secret is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    public static async Task<Socket> ConnectAsync(string from, IPEndPoint to, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(to, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _backend.Dispose();
        _support.Dispose();
        _visitor.Dispose();
    }

    private static async Task<TimeSpan> TimedAsync(HttpStatusCode expected, Func<Task<HttpResponseMessage>> call)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await call();
        var took = Stopwatch.GetElapsedTime(started);
        Assert.True(expected == answer.StatusCode,
            $"{answer.RequestMessage!.RequestUri}: {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return took;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private string View(string mark) =>
        $$"""
        {"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"{{mark}}","pos":"{{SentEvent.PointOfSale}}","browser_id":"{{_browserId}}","client_key":"{{Upstream.ClientKey}}"}
        """;
}
