using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Reads;

/// <summary>What support reads, in turn, each about a guest by chance.</summary>
internal sealed class ReadMix : IDisposable
{
    private static readonly (string Name, Func<int, HttpRequestMessage> Request)[] Reads =
    [
        ("search by e-mail", static guest => Search($$"""{"provider":"email","id":"{{StoredGuests.EmailOf(guest)}}"}""")),
        ("search by any text", static guest => Search($$"""{"text":"{{StoredGuests.EmailOf(guest)}}"}""")),
        ("guest", static guest => Get($"/v1/guests/guest-{guest}")),
        ("timeline", static guest => Get($"/v1/guests/guest-{guest}/events?limit=50")),
        ("one event", static guest => Get($"/v1/guests/guest-{guest}/events/{guest}-2")),
        ("quarantine", static _ => Get("/v1/quarantine")),
        ("in doubt", static _ => Get("/v1/in-doubt")),
        ("audit", static _ => Get("/v1/audit")),
        ("delivery health", static _ => Get("/v1/delivery-health")),
    ];

    private readonly HttpClient _http;
    private readonly int _guests;

    public ReadMix(int port, int guests)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LoadConnection.Secret);
        _guests = guests;
    }

    /// <param name="pause">Between two reads of one reader.</param>
    /// <returns>Milliseconds of each kind of read, sorted.</returns>
    public async Task<IReadOnlyList<(string Name, List<double> Ms)>> RunAsync(int readers, TimeSpan pause, TimeSpan time)
    {
        var all = Reads.Select(static read => (read.Name, Ms: new List<double>())).ToList();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async reader =>
        {
            for (var number = reader; Stopwatch.GetElapsedTime(started) < time; number++)
            {
                var at = number % Reads.Length;
                using var request = Reads[at].Request(Random.Shared.Next(_guests));
                var sent = Stopwatch.GetTimestamp();
                using var answer = await _http.SendAsync(request);
                var body = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{Reads[at].Name}: {(int)answer.StatusCode} {body}");
                lock (all)
                    all[at].Ms.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                await Task.Delay(pause, TimeProvider.System);
            }
        }));
        all.ForEach(static kind => kind.Ms.Sort());
        return [.. all.Select(static kind => (kind.Name, kind.Ms))];
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Search(string body) =>
        new(HttpMethod.Post, "/v1/guests/search") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);
}
