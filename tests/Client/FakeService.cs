using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace GuestSessions.Client.Tests;

/// <summary>
/// The service as its contract says, in memory: it knows events by their ids, and keeps the order in which they came. Tests
/// put faults before its answers.
/// </summary>
internal sealed class FakeService : HttpMessageHandler
{
    private readonly Lock _turn = new();
    private readonly Dictionary<(string Guest, string EventId), long> _sequences = [];

    /// <summary>What the next requests are answered instead; a fault that returns null lets the service answer.</summary>
    public ConcurrentQueue<Func<HttpRequestMessage, HttpResponseMessage?>> Faults { get; } = new();

    /// <summary>Answers an event instead of storing it, if it returns a result.</summary>
    public Func<JsonElement, object?> Answers { get; set; } = static _ => null;

    /// <summary>Runs before each answer; it can hold requests in flight.</summary>
    public Func<IReadOnlyList<JsonElement>, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Maximum length of a body.</summary>
    public int Limit { get; set; } = int.MaxValue;

    /// <summary>What each request carried.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    /// <summary>What is stored, in its order.</summary>
    public List<(string Guest, string EventId)> Stored { get; } = [];

    public List<JsonElement> Events { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var path = request.RequestUri!.PathAndQuery;
        Requests.Enqueue(new Request(path, body, request.Headers.Authorization?.ToString()));
        if (body.Length > Limit)
            return Json(413, new { code = "payload_too_large" });
        if (Faults.TryDequeue(out var fault) && fault(request) is { } instead)
            return instead;
        if (path == "/v1/events")
            return await AnswerLinesAsync(body, cancellationToken);
        return path.EndsWith("/identifiers", StringComparison.Ordinal) ? Json(202, new { guest = "g", identifiers = 2, results = Array.Empty<object>() })
            : path.EndsWith("/close", StringComparison.Ordinal) ? Json(200, new { guest = "g", closed = 1, results = Array.Empty<object>() })
            : AnswerGuest(path.Split('/')[3], body);
    }

    public static HttpResponseMessage Json(int status, object body) => new((HttpStatusCode)status)
    {
        Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };

    public static HttpResponseMessage Retry(int status, int? seconds)
    {
        var answer = Json(status, new { status, code = "overloaded" });
        if (seconds is { } after)
            answer.Headers.Add("Retry-After", after.ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    private async Task<HttpResponseMessage> AnswerLinesAsync(string body, CancellationToken end)
    {
        List<JsonElement> lines = [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
        await Before(lines, end);
        var text = new StringBuilder();
        foreach (var (at, line) in lines.Index())
        {
            var result = JsonSerializer.SerializeToNode(Record(line.GetProperty("guest").GetString()!, line))!.AsObject();
            result["line"] = at + 1;
            text.Append(result.ToJsonString()).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{{\"summary\":{{\"lines\":{lines.Count}}}}}\n");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(text.ToString()) };
    }

    private HttpResponseMessage AnswerGuest(string guest, string body)
    {
        var root = JsonElement.Parse(body);
        JsonElement[] envelopes = root.TryGetProperty("events", out var many) ? [.. many.EnumerateArray()] : [root];
        return Json(202, new { guest, results = envelopes.Select(one => Record(guest, one)).ToArray() });
    }

    private object Record(string guest, JsonElement envelope)
    {
        var eventId = envelope.GetProperty("event_id").GetString()!;
        lock (_turn)
        {
            if (Answers(envelope) is { } instead)
                return instead;
            if (_sequences.TryGetValue((guest, eventId), out var known))
                return new { event_id = eventId, status = "duplicate", sequence = known };
            var sequence = 1L + _sequences.Keys.Count(key => key.Guest == guest);
            _sequences.Add((guest, eventId), sequence);
            Stored.Add((guest, eventId));
            Events.Add(envelope.GetProperty("event"));
            return new { event_id = eventId, status = "accepted", sequence };
        }
    }
}

/// <summary>A request as it came.</summary>
internal sealed record Request(string Path, string Body, string? Authorization)
{
    public int Lines => Body.Count(static one => one == '\n');
}
