using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Api.Tests.Hosting;

/// <summary>An NDJSON stream over HTTP/2 in clear text, written and read at the same time.</summary>
public sealed class DuplexCall : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly Body _body;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _results;

    private DuplexCall(HttpClient client, Body body, HttpResponseMessage response, Stream results)
    {
        (_client, _body, _response) = (client, body, response);
        _results = new StreamReader(results);
    }

    public HttpStatusCode Status => _response.StatusCode;

    public Version Version => _response.Version;

    /// <param name="api">Whose listener is called.</param>
    /// <param name="window">Bytes of results that are taken without being read.</param>
    public static async Task<DuplexCall> OpenAsync(ApiHost api, int window = 1024 * 1024)
    {
        var client = new HttpClient(new SocketsHttpHandler { InitialHttp2StreamWindowSize = window })
        {
            BaseAddress = api.Address,
        };
        var body = new Body();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)
            .WaitAsync(Patience);
        return new DuplexCall(client, body, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Sends lines; done when the connection has taken them.</summary>
    public Task SendAsync(params IEnumerable<string> lines) => SendRawAsync(string.Concat(lines.Select(l => l + "\n")));

    public async Task SendRawAsync(string text)
    {
        var stream = await _body.Opened.WaitAsync(Patience);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await stream.FlushAsync();
    }

    /// <summary>Another request on the same connection.</summary>
    public async Task<HttpStatusCode> PostAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
        using var response = await _client.SendAsync(request).WaitAsync(Patience);
        return response.StatusCode;
    }

    /// <summary>Ends the body as a client does that has said everything.</summary>
    public void Complete() => _body.Complete();

    /// <summary>The next line of the answer; null at its end.</summary>
    public async Task<JsonElement?> ReadAsync()
    {
        var line = await _results.ReadLineAsync().WaitAsync(Patience);
        return line is null ? null : JsonDocument.Parse(line).RootElement;
    }

    /// <summary>The next line as it came, for many of them.</summary>
    public Task<string?> ReadTextAsync() => _results.ReadLineAsync().WaitAsync(Patience);

    public async Task<List<JsonElement>> ReadAsync(int count)
    {
        var lines = new List<JsonElement>();
        while (lines.Count < count && await ReadAsync() is { } line)
            lines.Add(line);
        return lines;
    }

    public ValueTask DisposeAsync()
    {
        _results.Dispose();
        _response.Dispose();
        _body.Complete();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Body : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _opened =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Body() => Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");

        public Task<Stream> Opened => _opened.Task;

        public void Complete() => _completed.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        /// <param name="cancellationToken">The server wants no more; a connection stays open until its bodies have ended.</param>
        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // The handler keeps the request's headers until the body writes; who waits for the answer first must say so.
            await stream.FlushAsync(cancellationToken);
            _opened.TrySetResult(stream);
            await _completed.Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
