using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Unicode;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Bulk;

/// <summary>Callers that post NDJSON, each one body after the other, until they are stopped.</summary>
/// <param name="guests">Guests that the lines are spread over; 0 gives each line a guest that was never seen.</param>
/// <param name="inARow">Lines of a guest that follow each other, as in a file that is sorted by guests.</param>
internal sealed class BulkLoad(int port, int callers, int guests, int inARow) : IDisposable
{
    public const int LinesOfBody = 1_000;

    private const string Identity = """
        "event":{"type":"IDENTITY","channel":"WEB","language":"EN","currency":"EUR","page":"/account","pos":"harbourbikes/ie","identifiers":[{"provider":"CRM_ID","id":
        """;

    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private long _acknowledged;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public Task RunAsync(CancellationToken end) => Task.WhenAll(Enumerable.Range(0, callers).Select(caller => PostAsync(caller, end)));

    public void Dispose() => _http.Dispose();

    /// <summary>Lines of a caller are those whose number leaves its own over, so that each guest belongs to one caller.</summary>
    private async Task PostAsync(int caller, CancellationToken end)
    {
        long line = caller;
        var body = new ArrayBufferWriter<byte>(LinesOfBody * 512);
        while (!end.IsCancellationRequested)
        {
            line = Write(body, line);
            using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
            content.Headers.ContentType = Ndjson;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
            using var answer = await _http.SendAsync(request, end);
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(end);
            if (text.AsSpan().Count("\"status\":\"rejected\""u8) > 0)
                throw new InvalidOperationException($"No line of the load is wrong, and some were rejected: {Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(400, text.Length)))}");
            Interlocked.Add(ref _acknowledged, text.AsSpan().Count("\"status\":\"accepted\""u8));
        }
    }

    /// <returns>The first line of the next body.</returns>
    private long Write(ArrayBufferWriter<byte> body, long line)
    {
        body.ResetWrittenCount();
        for (var written = 0; written < LinesOfBody; written++, line += callers)
            body.Advance(guests == 0 ? WriteNew(body.GetSpan(512), line) : WriteKnown(body.GetSpan(512), line));
        return line;
    }

    private int WriteNew(Span<byte> at, long line)
    {
        Utf8.TryWrite(at, CultureInfo.InvariantCulture,
            $"{{\"guest\":\"guest-{line}\",\"event_id\":\"{_run}-{line:D10}\",{Identity}\"HB-{line}\"}}]}}}}\n", out var written);
        return written;
    }

    private int WriteKnown(Span<byte> at, long line)
    {
        var caller = line % callers;
        var guestOfCaller = line / callers / inARow % (guests / callers);
        var guest = string.Create(CultureInfo.InvariantCulture, $"guest-{(guestOfCaller * callers) + caller}");
        Utf8.TryWrite(at, CultureInfo.InvariantCulture,
            $"{{\"guest\":\"{guest}\",\"event_id\":\"{_run}-{line:D10}\",{LoadConnection.Occurred}{LoadConnection.Event}{Place.Of(_run, guest, line)}}}}}}}\n", out var written);
        return written;
    }
}
