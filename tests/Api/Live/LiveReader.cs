using System.Net;
using System.Net.Http.Headers;
using GuestSessions.Api.Tests.Hosting;

namespace GuestSessions.Api.Tests.Live;

/// <summary>A client that reads a live stream message by message.</summary>
internal sealed class LiveReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader? _reader;

    private LiveReader(HttpClient client, HttpResponseMessage answer, Stream? stream) =>
        (_client, _answer, _reader) = (client, answer, stream is null ? null : new StreamReader(stream));

    public HttpStatusCode Status => _answer.StatusCode;

    public HttpContentHeaders Headers => _answer.Content.Headers;

    /// <param name="version">HTTP/1.1 by default.</param>
    public static async Task<LiveReader> OpenAsync(
        ApiHost api, string guest = "cust-42", string? after = null, Version? version = null)
    {
        var client = api.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/guests/{guest}/live")
        {
            Version = version ?? HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new LiveReader(
            client, answer, answer.IsSuccessStatusCode ? await answer.Content.ReadAsStreamAsync() : null);
    }

    public async Task<Answer> RefusalAsync() => await Answer.ReadAsync(_answer);

    /// <summary>The lines of the next message; null at the end of the stream.</summary>
    public async Task<string?> NextAsync()
    {
        List<string> lines = [];
        while (await _reader!.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
                return string.Join('\n', lines);
            lines.Add(line);
        }

        return null;
    }

    /// <summary>Reads until the stream breaks off or ends, however much that is.</summary>
    public async Task DrainAsync()
    {
        try
        {
            while (await _reader!.ReadLineAsync().WaitAsync(Patience) is not null)
            {
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _answer.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
