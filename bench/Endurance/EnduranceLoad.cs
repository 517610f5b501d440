using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Endurance;

/// <summary>
/// Backends that send events of many guests as NDJSON, a few requests at a time, and send again what is answered with a retry. A
/// guest is in a request once and belongs to one backend, so its numbers are accepted in their order. Every fifth event is of one of the
/// few hundred guests that are busy all the time; the others come back after long pauses.
/// </summary>
internal sealed class EnduranceLoad(int port, int guests, Func<long> delivered) : IDisposable
{
    private const int Backends = 2;
    private const int LinesOfRequest = 1_000;
    private const int BusyGuests = 500;

    /// <summary>Events on their way above which the load waits: what a backlog takes is not what this run measures.</summary>
    private const int MostWaiting = 50_000;

    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    private long _acknowledged, _retried;

    /// <summary>The number of the last event of each guest.</summary>
    public int[] Given { get; } = new int[guests];

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Lines that were sent again.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    public Task RunAsync(int events) => Task.WhenAll(Enumerable.Range(0, Backends).Select(backend => RunAsync(backend, events / Backends)));

    public void Dispose() => _http.Dispose();

    private async Task RunAsync(int backend, int events)
    {
        var random = new Random(backend);
        var body = new ArrayBufferWriter<byte>(LinesOfRequest * 512);
        for (var sent = 0; sent < events;)
        {
            HashSet<int> chosen = [];
            while (chosen.Count < Math.Min(LinesOfRequest, events - sent))
                chosen.Add((random.Next(random.Next(5) == 0 ? BusyGuests : guests / Backends) * Backends) + backend);
            List<int> left = [.. chosen];
            foreach (var guest in left)
                Given[guest]++;
            while ((left = await PostAsync(left, body)).Count > 0)
                await Task.Delay(Pause, TimeProvider.System);
            sent += chosen.Count;
            while (Acknowledged - delivered() > MostWaiting)
                await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <returns>The guests whose events have to be sent again.</returns>
    private async Task<List<int>> PostAsync(List<int> chosen, ArrayBufferWriter<byte> body)
    {
        body.ResetWrittenCount();
        foreach (var guest in chosen)
            Write(body, guest, Given[guest]);
        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = Ndjson;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
        using var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            Interlocked.Add(ref _retried, chosen.Count);
            return chosen;
        }

        List<int> again = [];
        var line = 0;
        foreach (var text in (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var result = JsonDocument.Parse(text);
            if (line == chosen.Count || !result.RootElement.TryGetProperty("status", out var status))
                break; // The sum at the end.
            if (status.GetString() is "accepted" or "duplicate")
                Interlocked.Increment(ref _acknowledged);
            else if (status.GetString() == "retry")
                again.Add(chosen[line]);
            else
                throw new InvalidOperationException($"No event of the load is wrong, and one was answered {text}");
            line++;
        }

        again.AddRange(chosen.Skip(line));
        Interlocked.Add(ref _retried, again.Count);
        return again;
    }

    private static void Write(ArrayBufferWriter<byte> body, int guest, int number)
    {
        var line = body.GetSpan(512);
        Utf8.TryWrite(line, CultureInfo.InvariantCulture,
            $$$$"""{"guest":"guest-{{{{guest}}}}","event_id":"{{{{number}}}}","event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/tourers/summer/tourer-2","pos":"harbourbikes/ie","ext":{"pageVariantId":"v7","durationMin":25,"mechanicId":"M7","guest":{{{{guest}}}},"number":{{{{number}}}}}}}""",
            out var written);
        line[written] = (byte)'\n';
        body.Advance(written + 1);
    }
}
