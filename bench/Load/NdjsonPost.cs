using System.Buffers;
using System.Net.Http.Headers;
using System.Text;

namespace GuestSessions.Bench.Load;

/// <summary>Stores bodies of NDJSON: what has to be retried is sent again, and what is stored already is a duplicate.</summary>
internal sealed class NdjsonPost(int port) : IDisposable
{
    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Returns when every line is stored.</summary>
    /// <exception cref="InvalidOperationException">A line was rejected: no event of the load is wrong.</exception>
    public async Task StoreAsync(ArrayBufferWriter<byte> body)
    {
        while (!await TryStoreAsync(body))
            await Task.Delay(Pause, TimeProvider.System);
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> TryStoreAsync(ArrayBufferWriter<byte> body)
    {
        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = Ndjson;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsByteArrayAsync();
        if (text.AsSpan().IndexOf("\"status\":\"rejected\""u8) >= 0)
            throw new InvalidOperationException($"No event of the load is wrong, and some were rejected: {Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(400, text.Length)))}");
        return answer.IsSuccessStatusCode && text.AsSpan().IndexOf("\"status\":\"retry\""u8) < 0;
    }
}
