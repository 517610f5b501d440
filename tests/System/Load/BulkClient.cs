using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Load;

/// <summary>A backend that loads one event of each of many guests as NDJSON, and sends again what is answered with a retry.</summary>
internal sealed class BulkClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Ndjson = new("application/x-ndjson");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http;

    public BulkClient(Uri address)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
    }

    /// <summary>Why something had to be sent again, and how often.</summary>
    public SortedDictionary<string, int> Retries { get; } = new(StringComparer.Ordinal);

    public int Acknowledged { get; private set; }

    /// <summary>Loads guests with the numbers up to <paramref name="count"/>, in requests of so many lines.</summary>
    public async Task LoadAsync(int count, int lines)
    {
        for (var first = 0; first < count; first += lines)
        {
            var left = Enumerable.Range(first, Math.Min(lines, count - first)).Select(EventOf).ToList();
            while ((left = await PostAsync(left)).Count > 0)
                await Eventually.ElapseAsync(Pause);
        }
    }

    public static SentEvent EventOf(int number) => new($"guest-{number}", "e1");

    public void Dispose() => _http.Dispose();

    /// <returns>Those that have to be sent again.</returns>
    private async Task<List<SentEvent>> PostAsync(List<SentEvent> events)
    {
        using var content = new StringContent(
            string.Concat(events.Select(static @event => LineOf(@event))), Encoding.UTF8, Ndjson);
        using var answer = await _http.PostAsync(new Uri("/v1/events", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            using var refusal = JsonDocument.Parse(text);
            Note($"{(int)answer.StatusCode} {refusal.RootElement.GetProperty("code").GetString()}");
            return events;
        }

        List<SentEvent> again = [];
        var at = 0;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var result = JsonDocument.Parse(line);
            if (!result.RootElement.TryGetProperty("status", out var status))
                continue; // The sum at the end.
            if (status.GetString() is "accepted" or "duplicate")
            {
                Acknowledged++;
            }
            else
            {
                Note($"{status.GetString()} {result.RootElement.GetProperty("code").GetString()}");
                again.Add(events[at]);
            }

            at++;
        }

        return [.. again, .. events.Skip(at)];
    }

    private static string LineOf(SentEvent @event) =>
        $"{{\"guest\":\"{@event.Guest}\",{@event.ToEnvelope().Trim()[1..]}\n";

    private void Note(string why) => Retries[why] = Retries.GetValueOrDefault(why) + 1;
}
