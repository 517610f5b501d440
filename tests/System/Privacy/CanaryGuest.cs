using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GuestSessions.Core.Events;
using GuestSessions.Core.Tests.Events;
using GuestSessions.SystemTests.Hosting;

namespace GuestSessions.SystemTests.Privacy;

/// <summary>A guest of whom every value has a canary in it, as far as the checks of ingest allow.</summary>
internal sealed partial class CanaryGuest : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _browser;
    private readonly string _host;
    private int _raced;

    public CanaryGuest(Uri address)
        : this(address, Guid.NewGuid().ToString(), "canary" + Guid.NewGuid().ToString("N")[..12], "first")
    {
    }

    private CanaryGuest(Uri address, string browser, string canary, string host)
    {
        (_browser, Canary, _host) = (browser, canary, host);
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
    }

    /// <summary>What is looked for: nothing else has it.</summary>
    public string Canary { get; }

    public string Id => $"guest-{Canary}";

    /// <summary>A value that is masked, and is no part of its id.</summary>
    public string Secret { get; } = "secret" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>The guest id of its browser, as long as nobody has named a guest for it.</summary>
    public string Anonymous => $"browser:{_browser}";

    private string Email => $"{Canary}@example.com";

    /// <summary>The same guest, at another host.</summary>
    public CanaryGuest At(Uri address) => new(address, _browser, Canary, "other");

    /// <summary>Sends every type of event, and lets people do what they do.</summary>
    public async Task LiveAsync()
    {
        Assert.Equal(HttpStatusCode.Created, (await SendFromBrowserAsync("/first")).Status);
        await PostAsync($"/v1/guests/{Id}/identifiers", $$"""
            {"identifiers":[{"provider":"EMAIL","id":"{{Email}}"},{"provider":"CRM_ID","id":"{{Canary}}"}],
             "profile":{"firstname":"{{Canary}}"} }
            """);
        foreach (var type in EventTypes.Standard.Where(static type => type != EventTypes.ForceClose).Append("CUSTOM_TYPE"))
            await SendAsync(type);
        await RecordAsync($"linked-{Canary}", $$"""
            {"type":"VIEW","page":"/{{Canary}}","pos":"harbourbikes/ie","browser_id":"{{_browser}}"}
            """);
        await SendFromBrowserAsync("/second");

        // Rejected, and listed by its ids.
        await RecordAsync($"rejected-{Canary}", $$"""{"type":"VIEW","page":"/{{Canary}}","pos":"{{Canary}}"}""");
        await Eventually.TrueAsync(
            async () => (await GetAsync($"/v1/guests/{Id}/events?state=quarantined")).Body.Contains("SEARCH", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), "an event is quarantined");
        var reason = $$"""{"reason":"about {{Canary}}"}""";
        await PostAsync($"/v1/guests/{Id}/events/SEARCH-{Canary}/redrive", reason);
        await PostAsync("/v1/quarantine/redrive", reason.Replace(Canary, "all"));
        await PostAsync($"/v1/guests/{Id}/pause", reason);
        await PostAsync($"/v1/guests/{Id}/resume", reason);
        await PostAsync($"/v1/guests/{Id}/flush", reason);
        await PostAsync($"/v1/guests/{Id}/replay", $$"""{"reason":"about {{Canary}}"}""");
        await Eventually.TrueAsync(
            async () => (await GetAsync($"/v1/guests/{Id}/events?state=delivered")).Body.Contains("VIEW", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), "events are delivered");
    }

    /// <summary>Sends events of the guest, its browser and its e-mail until each is rejected as erased.</summary>
    public async Task RaceAsync()
    {
        await Task.WhenAll(
            UntilGoneAsync(async () => (await RecordAsync($"race-{_host}-{Interlocked.Increment(ref _raced)}-{Canary}", $$"""
                {"type":"VIEW","page":"/{{Canary}}","pos":"harbourbikes/ie"}
                """)).Status),
            UntilGoneAsync(async () => (await SendFromBrowserAsync("/race")).Status),
            UntilGoneAsync(async () => (await PostAsync($"/v1/guests/{Id}/flush", $$"""{"reason":"{{Canary}}"}""")).Status));
    }

    /// <returns>The id of the operation.</returns>
    public async Task<string> EraseAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/guests/{Id}");
        request.Content = new StringContent("""{"reason":"ticket 4711"}""", Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    /// <returns>The certificate.</returns>
    public async Task<JsonElement> AwaitAsync(string operation, TimeSpan patience)
    {
        var body = "";
        await Eventually.TrueAsync(
            async () => (body = (await GetAsync($"/v1/operations/{operation}")).Body)
                .Contains("\"state\":\"completed\"", StringComparison.Ordinal),
            patience, "the erasure has ended");
        return JsonDocument.Parse(body).RootElement.GetProperty("result").GetProperty("certificate");
    }

    /// <summary>Nobody finds the guest any more, and late events do not bring it back.</summary>
    public async Task MustBeGoneAsync()
    {
        foreach (var path in new[] { "", "/events", $"/events/SEARCH-{Canary}", "/browsers", "/live" })
            Assert.Equal((path, HttpStatusCode.Gone), (path, (await GetAsync($"/v1/guests/{Id}{path}")).Status));
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync($"/v1/guests/browser:{_browser}")).Status);
        foreach (var act in new[] { "flush", "pause", $"events/SEARCH-{Canary}/redrive", "replay", "export" })
            Assert.Equal((act, HttpStatusCode.Gone), (act, (await PostAsync($"/v1/guests/{Id}/{act}", "{\"reason\":\"late\"}")).Status));
        var reveal = await PostAsync($"/v1/guests/{Id}/reveal", "{\"reason\":\"late\",\"field\":\"/identifiers/0/id\"}");
        Assert.Equal((HttpStatusCode.Gone, true), (reveal.Status, reveal.Body.Contains("guest_erased", StringComparison.Ordinal)));
        var late = await RecordAsync($"late-{Canary}", """{"type":"VIEW","page":"/late","pos":"harbourbikes/ie"}""");
        Assert.Equal((HttpStatusCode.Gone, true), (late.Status, late.Body.Contains("guest_erased", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Gone, (await SendFromBrowserAsync("/late")).Status);
        var (status, _) = await PostAsync(
            "/v1/guests/somebody-else/identifiers", $$"""{"identifiers":[{"provider":"EMAIL","id":"{{Email}}"}]}""");
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Equal(HttpStatusCode.Gone, (await PostAsync("/v1/guests/somebody-else/events", $$"""
            {"event":{"type":"VIEW","page":"/p","pos":"harbourbikes/ie","browser_id":"{{_browser}}"} }
            """)).Status);
        var search = await PostAsync("/v1/guests/search", $$"""{"text":"{{Email}}"}""");
        Assert.DoesNotContain("guest-", search.Body, StringComparison.Ordinal);
        foreach (var list in new[]
            { "audit", "operations", "rejections", "quarantine", "in-doubt", "backlog", "delivery-health" })
        {
            var answer = await GetAsync($"/v1/{list}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain(Canary, answer.Body, StringComparison.OrdinalIgnoreCase);
        }
    }

    public async Task<WatchedStream> WatchAsync() => new(await _http.GetStreamAsync($"/v1/guests/{Id}/live"));

    public Task<(HttpStatusCode Status, string Body)> RecordAsync(string eventId, string @event) =>
        PostAsync($"/v1/guests/{Id}/events", $$"""{"event_id":"{{eventId}}","event":{{@event}} }""");

    public Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Takes the file of an operation.</summary>
    public async Task<byte[]> TakeAsync(string operation)
    {
        using var content = new StringContent("""{"reason":"request 12"}""", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync($"/v1/operations/{operation}/file", content);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(string type)
    {
        var body = SampleEvents.Own(type);
        body["type"] = type;
        body["page"] = $"/{Canary}";
        body["pos"] = "harbourbikes/ie";
        var plain = body.DeepClone().AsObject();
        foreach (var (_, value) in body.ToList())
            Mark(value);
        body["ext"] = new JsonObject { ["note"] = Canary };
        plain["ext"] = new JsonObject { ["note"] = Canary };
        // What is rejected with a canary in every text goes with one in ext and page.
        if ((await RecordAsync($"{type}-{Canary}", body.ToJsonString())).Status != HttpStatusCode.Accepted)
            await RecordAsync($"{type}-{Canary}", plain.ToJsonString());
    }

    private void Mark(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is JsonValue text && text.TryGetValue<string>(out var old) && !Fixed().IsMatch(old))
                    members[name] = old + Canary;
                else
                    Mark(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items.ToList())
                Mark(item);
        }
    }

    /// <summary>Sends an event as an SDK in the guest's browser does.</summary>
    public Task<(HttpStatusCode Status, string Body)> SendFromBrowserAsync(string page) => PostAsync("/v1.2/events", $$"""
        {"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"{{page}}/{{Canary}}","pos":"harbourbikes/ie",
         "browser_id":"{{_browser}}","client_key":"{{Upstream.ClientKey}}"}
        """);

    private static async Task UntilGoneAsync(Func<Task<HttpStatusCode>> send) => await Eventually.TrueAsync(
        async () =>
        {
            try
            {
                return await send() is HttpStatusCode.Gone or HttpStatusCode.NotFound;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                return false; // The process is being killed.
            }
        },
        TimeSpan.FromSeconds(90), "the guest is erased");

    // Values that have one form only: constants, times, codes of countries and currencies, numbers.
    [GeneratedRegex(@"^([A-Z_]{2,}|\d{4}-.*|\+?\d+|VIEWED)$")]
    private static partial Regex Fixed();
}

/// <summary>A live stream that is open until the service ends it.</summary>
internal sealed class WatchedStream(Stream stream) : IDisposable
{
    public Task EndedAsync(TimeSpan patience) => stream.CopyToAsync(Stream.Null).WaitAsync(patience);

    public void Dispose() => stream.Dispose();
}
