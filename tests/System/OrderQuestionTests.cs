using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>
/// "My order HB-9001 never showed up." A support agent searches for the order and reads the guest and the event: these
/// answers alone, of the real process, tell what became of it.
/// </summary>
public sealed class OrderQuestionTests : IAsyncLifetime
{
    private const string Order = "HB-9001";

    private const string Unfilled = $$""" "type":"CHECKOUT","reference_id":"{{Order}}","status":"PURCHASED" """;

    private const string Ordered =
        $$""" "type":"ORDER_CHECKOUT","order":{"referenceId":"{{Order}}","orderedAt":"2026-11-23T10:20:00.000Z","status":"PURCHASED","currencyCode":"EUR","price":749.5,"paymentType":"PayPal"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new();
    private Upstream _upstream = null!;
    private SiloProcess _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _silo = new SiloProcess(_upstream.Address);
        await _silo.StartAsync();
        _http.BaseAddress = _silo.Address;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_was_rejected_as_it_came(bool isGuestKnown)
    {
        if (isGuestKnown)
            await RecordAsync("cust-1", "e1", """ "type":"VIEW" """);
        await RecordAsync("cust-1", "o1", Ordered, pos: "harbourbikes/nowhere", status: HttpStatusCode.UnprocessableEntity);

        var search = await SearchAsync("text", Order);
        var guest = await GetAsync("/v1/guests/cust-1", isGuestKnown ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        var @event = await GetAsync("/v1/guests/cust-1/events/o1", HttpStatusCode.NotFound);

        Assert.Empty(search.GetProperty("items").EnumerateArray());
        foreach (var answer in (JsonElement[])[search, guest, @event])
        {
            var rejected = Assert.Single(answer.GetProperty("rejections").EnumerateArray());
            Assert.Equal(
                ("cust-1", "o1", Order, "unknown_point_of_sale"),
                (Text(rejected, "guest"), Text(rejected, "event_id"), Text(rejected, "order_reference"), Text(rejected, "code")));
            Assert.Equal("/event/pos", Text(rejected.GetProperty("errors")[0], "path"));
        }

        Assert.Equal("event_not_found", Text(@event, "code"));
        Assert.Contains("rejected", Text(@event, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_upstream_refused_it()
    {
        _upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 400, Type = "ORDER_CHECKOUT" });
        await RecordAsync("cust-1", "o1", Ordered);

        var (guest, @event) = await AskAsync("quarantined");

        Assert.Equal(1, guest.GetProperty("quarantined").GetInt32());
        Assert.Equal("upstream_refused", Text(@event, "code"));
        var attempt = Assert.Single(@event.GetProperty("attempts").EnumerateArray());
        Assert.Equal(("refused", 400), (Text(attempt, "outcome"), attempt.GetProperty("status").GetInt32()));
        Assert.Contains("message", Text(attempt, "answer"), StringComparison.Ordinal);
        Assert.Contains("redrive", Texts(@event, "actions"));
    }

    [Fact]
    public async Task Nobody_knows_whether_it_arrived()
    {
        _upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.ResetAfter, Type = "ORDER_CHECKOUT" });
        await RecordAsync("cust-1", "o1", Ordered);

        var (guest, @event) = await AskAsync("in_doubt");

        Assert.Equal(1, guest.GetProperty("in_doubt").GetInt32());
        var attempt = Assert.Single(@event.GetProperty("attempts").EnumerateArray());
        Assert.Equal(("in_doubt", "connection_lost"), (Text(attempt, "outcome"), Text(attempt, "error")));
        Assert.Contains("resolve_delivered", Texts(@event, "actions"));
    }

    [Theory]
    [InlineData(401, null, "upstream_misconfigured")]
    [InlineData(429, "120", "retry_after")]
    public async Task It_waits_for_the_upstream(int status, string? retryAfter, string code)
    {
        _upstream.Faults.TryAdd(new FaultRule
        {
            Kind = FaultKind.Status,
            Status = status,
            RetryAfter = retryAfter,
            Path = FaultPath.Events,
        });
        await RecordAsync("cust-1", "o1", Ordered);

        var (guest, @event) = await AskAsync(
            "pending", static answer => answer.GetProperty("attempts").GetArrayLength() > 0
                && answer.GetProperty("waiting").ValueKind == JsonValueKind.Object);

        foreach (var waiting in (JsonElement[])[guest.GetProperty("line").GetProperty("waiting"), @event.GetProperty("waiting")])
        {
            Assert.Equal(code, Text(waiting, "code"));
            Assert.NotEmpty(Text(waiting, "detail")!);
            Assert.True(waiting.GetProperty("until").GetDateTimeOffset() > @event.GetProperty("received_at").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task It_was_delivered_but_nothing_had_been_added_before_it()
    {
        await RecordAsync("cust-1", "c1", """ "type":"CONFIRM","product":[{"item_id":"bike-1"}]""");
        await RecordAsync("cust-1", "o1", Unfilled);

        var (guest, @event) = await AskAsync("delivered");

        var warning = Assert.Single(@event.GetProperty("warnings").EnumerateArray());
        Assert.Equal("checkout_without_confirm", Text(warning, "code"));
        Assert.Contains("creates no order", Text(warning, "detail"), StringComparison.Ordinal);
        Assert.False(guest.GetProperty("sessions")[0].GetProperty("cart").GetProperty("confirmed").GetBoolean());
        var timeline = await GetAsync("/v1/guests/cust-1/events?warning=any", HttpStatusCode.OK);
        Assert.Equal(
            ["confirm_without_add", "checkout_without_confirm"],
            timeline.GetProperty("items").EnumerateArray().Select(static item => Text(item.GetProperty("warnings")[0], "code")));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task It_was_delivered_under_a_browser_of_another_guest(bool isOtherLater, bool isSessionOver)
    {
        var browserId = await _upstream.IssueBrowserIdAsync();
        var browser = $""" "browser_id":"{browserId}" """;
        if (!isOtherLater)
            await RecordAsync("cust-2", "e1", $""" "type":"VIEW",{browser}""");
        if (isSessionOver)
            await PostAsync("/v1/guests/cust-2/sessions/close", "{}", HttpStatusCode.OK);
        await RecordAsync("cust-1", "o1", $"{Ordered},{browser}");
        if (isOtherLater)
            await RecordAsync("cust-2", "e1", $""" "type":"VIEW",{browser}""");

        var (guest, @event) = await AskAsync("delivered");

        foreach (var shared in (JsonElement[])[Assert.Single(guest.GetProperty("shared_browsers").EnumerateArray()),
            @event.GetProperty("shared_browser")])
        {
            Assert.Equal(browserId, Text(shared, "browser_id"), ignoreCase: true);
            Assert.Equal(["cust-2"], Texts(shared, "guests"));
        }
    }

    [Fact]
    public async Task A_browser_of_the_guest_alone_is_shared_with_nobody()
    {
        var browserId = await _upstream.IssueBrowserIdAsync();
        await RecordAsync("cust-1", "o1", $""" {Ordered},"browser_id":"{browserId}" """);

        var (guest, @event) = await AskAsync("delivered");

        Assert.False(guest.TryGetProperty("shared_browsers", out _));
        Assert.False(@event.TryGetProperty("shared_browser", out _));
    }

    /// <summary>What an agent reads who searches for the order, once it is in the state.</summary>
    private async Task<(JsonElement Guest, JsonElement Event)> AskAsync(string state, Func<JsonElement, bool>? until = null)
    {
        JsonElement @event = default;
        await Eventually.TrueAsync(
            async () =>
            {
                @event = await GetAsync("/v1/guests/cust-1/events/o1", HttpStatusCode.OK);
                return Text(@event, "state") == state && until?.Invoke(@event) is not false;
            },
            Patience, $"the order is {state}");
        foreach (var (kind, value) in ((string, string)[])[("text", Order), ("order_reference", Order), ("text", "o1")])
        {
            var found = Assert.Single((await SearchAsync(kind, value)).GetProperty("items").EnumerateArray());
            Assert.Equal("cust-1", Text(found, "guest"));
        }

        return (await GetAsync("/v1/guests/cust-1", HttpStatusCode.OK), @event);
    }

    private Task<JsonElement> SearchAsync(string kind, string value) =>
        PostAsync("/v1/guests/search", $$"""{"{{kind}}":"{{value}}"}""", HttpStatusCode.OK);

    private Task<JsonElement> RecordAsync(string guest, string eventId, string members, string pos = SentEvent.PointOfSale,
        HttpStatusCode status = HttpStatusCode.Accepted) => PostAsync(
        $"/v1/guests/{guest}/events",
        $$$"""{"event_id":"{{{eventId}}}","event":{"page":"/{{{eventId}}}","pos":"{{{pos}}}",{{{members}}}}}""", status);

    private async Task<JsonElement> PostAsync(string path, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await ReadAsync(answer, status);
    }

    private async Task<JsonElement> GetAsync(string path, HttpStatusCode status)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(answer, status);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();

    private static IEnumerable<string?> Texts(JsonElement of, string member) =>
        of.GetProperty(member).EnumerateArray().Select(static item => item.GetString());
}
