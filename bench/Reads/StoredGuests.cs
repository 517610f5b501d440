using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Unicode;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Reads;

/// <summary>Stores guests with an e-mail address and five events each, by NDJSON.</summary>
internal sealed class StoredGuests(int port, int guests) : IDisposable
{
    public const int EventsOfGuest = 5;

    private const int GuestsOfBody = 200;
    private const int Callers = 2;

    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    private int _next;

    public static string EmailOf(int guest) => string.Create(CultureInfo.InvariantCulture, $"guest-{guest}@bench.example");

    public async Task LoadAsync()
    {
        using var progress = new PeriodicTimer(TimeSpan.FromSeconds(15));
        var loading = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => PostAsync()));
        while (await Task.WhenAny(loading, progress.WaitForNextTickAsync().AsTask()) != loading)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Min(_next, guests):N0} of {guests:N0} guests stored"));
        await loading;
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync()
    {
        var body = new ArrayBufferWriter<byte>(GuestsOfBody * EventsOfGuest * 384);
        int first;
        while ((first = Interlocked.Add(ref _next, GuestsOfBody) - GuestsOfBody) < guests)
        {
            body.ResetWrittenCount();
            for (var guest = first; guest < Math.Min(first + GuestsOfBody, guests); guest++)
                Write(body, guest);
            // What is stored already is a duplicate.
            while (await IsRefusedAsync(body))
                await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private async Task<bool> IsRefusedAsync(ArrayBufferWriter<byte> body)
    {
        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = Ndjson;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsByteArrayAsync();
        if (text.AsSpan().IndexOf("\"status\":\"rejected\""u8) >= 0)
            throw new InvalidOperationException("No event of the load is wrong, and some were rejected.");
        return !answer.IsSuccessStatusCode || text.AsSpan().IndexOf("\"status\":\"retry\""u8) >= 0;
    }

    private static void Write(ArrayBufferWriter<byte> body, int guest)
    {
        for (var number = 0; number < EventsOfGuest; number++)
        {
            var at = body.GetSpan(512);
            var (type, more) = number == 0
                ? ("IDENTITY", $",\"email\":\"{EmailOf(guest)}\",\"identifiers\":[{{\"provider\":\"email\",\"id\":\"{EmailOf(guest)}\"}}]")
                : ("VIEW", "");
            Utf8.TryWrite(at, CultureInfo.InvariantCulture,
                $"{{\"guest\":\"guest-{guest}\",\"event_id\":\"{guest}-{number}\",\"event\":{{\"type\":\"{type}\",\"channel\":\"WEB\",\"language\":\"EN\",\"currency\":\"EUR\",\"page\":\"/tourers/summer/tourer-{number}\",\"pos\":\"{LoadConnection.PointOfSale}\"{more}}}}}\n",
                out var written);
            body.Advance(written);
        }
    }
}
