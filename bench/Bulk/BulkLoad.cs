using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Bulk;

/// <summary>Callers that post NDJSON, each one body after the other, until they are stopped.</summary>
/// <param name="guests">Guests that the lines are spread over; 0 gives each line a guest that was never seen.</param>
internal sealed class BulkLoad(int port, int callers, int guests) : IDisposable
{
    public const int LinesOfBody = 1_000;

    private const string Identity = """
        "event":{"type":"IDENTITY","channel":"WEB","language":"EN","currency":"EUR","page":"/account","pos":"harbourbikes/ie","identifiers":[{"provider":"CRM_ID","id":
        """;

    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private long _lines, _acknowledged;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public Task RunAsync(CancellationToken end) => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => PostAsync(end)));

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(CancellationToken end)
    {
        var body = new ArrayBufferWriter<byte>(LinesOfBody * 512);
        while (!end.IsCancellationRequested)
        {
            Write(body);
            using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
            content.Headers.ContentType = Ndjson;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
            using var answer = await _http.SendAsync(request, end);
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(end);
            if (text.AsSpan().Count("\"status\":\"rejected\""u8) > 0)
                throw new InvalidOperationException($"No line of the load is wrong, and some were rejected: {Encoding.UTF8.GetString(text)[..400]}");
            Interlocked.Add(ref _acknowledged, text.AsSpan().Count("\"status\":\"accepted\""u8));
        }
    }

    private void Write(ArrayBufferWriter<byte> body)
    {
        body.ResetWrittenCount();
        var first = Interlocked.Add(ref _lines, LinesOfBody) - LinesOfBody;
        for (var line = first; line < first + LinesOfBody; line++)
        {
            body.Advance(guests == 0 ? WriteNew(body.GetSpan(512), line) : WriteKnown(body.GetSpan(512), line));
        }
    }

    private int WriteNew(Span<byte> at, long line)
    {
        Utf8.TryWrite(at, CultureInfo.InvariantCulture,
            $"{{\"guest\":\"guest-{line}\",\"event_id\":\"{_run}-{line:D10}\",{Identity}\"HB-{line}\"}}]}}}}\n", out var written);
        return written;
    }

    private int WriteKnown(Span<byte> at, long line)
    {
        Utf8.TryWrite(at, CultureInfo.InvariantCulture,
            $"{{\"guest\":\"guest-{line % guests}\",\"event_id\":\"{_run}-{line:D10}\",{LoadConnection.Event}\n", out var written);
        return written;
    }
}
