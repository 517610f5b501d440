using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GuestSessions.SystemTests.Histories;

namespace GuestSessions.SystemTests.Load;

/// <summary>An app backend and a support agent in one. Logs what each call was told, if it was.</summary>
internal sealed class SessionsClient : IDisposable
{
    private const int PageSize = 500;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly IReadOnlyList<Uri> _addresses;
    private int _calls;

    public SessionsClient(Uri address, string secret = "demo-admin") : this([address], secret)
    {
    }

    /// <summary>Calls the hosts in turn.</summary>
    public SessionsClient(IReadOnlyList<Uri> addresses, string secret = "demo-admin")
    {
        _addresses = addresses;
        _http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    public ClientLog Log { get; } = new();

    /// <summary>Posts events of one guest in one request, and logs what became of each.</summary>
    public async Task<IReadOnlyList<Recording>> RecordAsync(params IReadOnlyList<SentEvent> events)
    {
        var guest = events[0].Guest;
        var invoked = Log.Tick();
        var results = await PostAsync(guest, events);
        var ended = Log.Tick();
        List<Recording> recordings = [];
        for (var index = 0; index < events.Count; index++)
        {
            var (status, sequence) = results?[index] ?? (EventStatus.Unknown, null);
            var recording = new Recording(
                guest, events[index].EventId, events[index].Mark, invoked, ended, status, sequence);
            Log.Add(recording);
            recordings.Add(recording);
        }

        return recordings;
    }

    /// <summary>Reads how far a guest has come, and logs it; a read that fails says nothing.</summary>
    public async Task SightAsync(string guest)
    {
        var invoked = Log.Tick();
        try
        {
            if (await ReadGuestAsync(guest) is not { } view)
                return;
            var last = view.GetProperty("last_sequence").GetInt64();
            Log.Add(new Sighting(guest, invoked, Log.Tick(), last));
        }
        catch (Exception exception) when (IsLost(exception))
        {
        }
    }

    /// <summary>The guest as support sees it; null when there is none.</summary>
    public Task<JsonElement?> ReadGuestAsync(string guest) => GetAsync($"/v1/guests/{guest}");

    /// <summary>One event with its attempts; null when there is none.</summary>
    public Task<JsonElement?> ReadEventAsync(string guest, string eventId) =>
        GetAsync($"/v1/guests/{guest}/events/{eventId}");

    /// <summary>A person's act, or a list: what it answered.</summary>
    public async Task<JsonElement> ActAsync(string path, string body, string? idempotencyKey = null)
    {
        using var content = new StringContent(body, Json);
        if (idempotencyKey is not null)
            content.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await _http.PostAsync(At(path), content);
        answer.EnsureSuccessStatusCode();
        return await ReadAsync(answer);
    }

    /// <summary>What there is at an address.</summary>
    public async Task<JsonElement> ReadAsync(string path) => (await GetAsync(path))!.Value;

    /// <summary>The items of a list's first page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path) =>
        [.. (await GetAsync(path))!.Value.GetProperty("items").EnumerateArray()];

    /// <summary>The whole timeline, page by page.</summary>
    public async Task<IReadOnlyList<TimelineEvent>> ReadTimelineAsync(string guest)
    {
        List<TimelineEvent> timeline = [];
        for (var after = "0"; ;)
        {
            var page = await GetAsync($"/v1/guests/{guest}/events?limit={PageSize}&after={after}");
            if (page is not { } found)
                return timeline;
            timeline.AddRange(found.GetProperty("items").EnumerateArray().Select(Read));
            if (found.GetProperty("next").GetString() is not { } next)
                return timeline;
            after = next;
        }
    }

    /// <summary>The status and body of one post as it is.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostRawAsync(SentEvent @event)
    {
        using var answer = await SendAsync(@event.Guest, @event.ToEnvelope());
        return (answer.StatusCode, await ReadAsync(answer));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A result for each event, or null when nobody knows.</summary>
    private async Task<IReadOnlyList<(EventStatus, long?)>?> PostAsync(
        string guest, IReadOnlyList<SentEvent> events)
    {
        var body = events.Count == 1
            ? events[0].ToEnvelope()
            : $$"""{"events":[{{string.Join(',', events.Select(static @event => @event.ToEnvelope()))}}]}""";
        try
        {
            using var answer = await SendAsync(guest, body);
            var content = await ReadAsync(answer);
            if (content.TryGetProperty("results", out var results))
                return [.. results.EnumerateArray().Select(ReadResult)];
            return [.. events.Select(_ => (ReadRefusal(answer.StatusCode), (long?)null))];
        }
        catch (Exception exception) when (IsLost(exception))
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string guest, string body)
    {
        using var content = new StringContent(body, Json);
        return await _http.PostAsync(At($"/v1/guests/{guest}/events"), content);
    }

    private Uri At(string path) => new(_addresses[(int)((uint)Interlocked.Increment(ref _calls) % _addresses.Count)], path);

    private async Task<JsonElement?> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(At(path));
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    private static (EventStatus, long?) ReadResult(JsonElement result) =>
        result.GetProperty("status").GetString() switch
        {
            "accepted" => (EventStatus.Accepted, result.GetProperty("sequence").GetInt64()),
            "duplicate" => (EventStatus.Duplicate, result.GetProperty("sequence").GetInt64()),
            "rejected" => (EventStatus.Rejected, null),
            "retry" => (EventStatus.Retry, null),
            var other => throw new InvalidOperationException($"No such status in the contract: {other}"),
        };

    private static EventStatus ReadRefusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity => EventStatus.Rejected,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => EventStatus.Retry,
        _ => throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"Not an answer of the contract: {(int)status}")),
    };

    private static TimelineEvent Read(JsonElement item) => new(
        item.GetProperty("sequence").GetInt64(),
        item.GetProperty("event_id").GetString()!,
        item.GetProperty("state").GetString()!,
        item.GetProperty("possibly_duplicate").GetBoolean(),
        item.GetProperty("attempts").GetInt32(),
        item.GetProperty("redriven").GetBoolean(),
        item.GetProperty("resolved").GetBoolean());

    private static bool IsLost(Exception exception) =>
        exception is HttpRequestException or TaskCanceledException or IOException or JsonException;
}
