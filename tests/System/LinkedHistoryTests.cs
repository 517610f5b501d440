using System.Text.Json;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A browser and the guest a backend names for it read as one history, whoever came first, in the real process.</summary>
public sealed class LinkedHistoryTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new();
    private Upstream _upstream = null!;
    private SiloProcess _silo = null!;
    private SessionsClient _client = null!;
    private SdkBrowser _browser = null!;
    private string _line = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _silo = new SiloProcess(_upstream.Address);
        await _silo.StartAsync();
        _client = new SessionsClient(_silo.Address);
        _http.BaseAddress = _silo.Address;
        _browser = new SdkBrowser(_http, await _upstream.IssueBrowserIdAsync());
        _line = $"browser:{_browser.BrowserId}";
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _silo.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_named_after_the_first_events_has_them_and_keeps_them_when_another_is_named()
    {
        await SendAsync("/1", "/2");
        await NameAsync("cust-1");
        await SendAsync("/3");
        await ArriveAsync("/1", "/2", "/cust-1/e1", "/3");

        var history = await ReadAsync("cust-1");
        Assert.Equal(history, await ReadAsync(_line));
        Assert.Equal([_line, _line, null, null], Lines(history));

        await NameAsync("cust-2");
        await SendAsync("/4");
        await ArriveAsync("/1", "/2", "/cust-1/e1", "/3", "/cust-2/e1", "/4");
        await _silo.KillAsync();
        await _silo.StartAsync();

        Assert.Equal(history, await ReadAsync("cust-1"));
        Assert.Equal(history, await ReadAsync(_line));
        Assert.Equal([null, null], Lines(await ReadAsync("cust-2")));
        Assert.Equal(4, (await _client.ReadGuestAsync(_line))!.Value.GetProperty("delivered").GetInt64());
    }

    [Fact]
    public async Task Who_is_named_before_the_first_event_has_all_of_them()
    {
        await NameAsync("cust-1");
        await SendAsync("/1", "/2");
        await ArriveAsync("/cust-1/e1", "/1", "/2");

        var history = await ReadAsync("cust-1");
        Assert.Equal(history, await ReadAsync(_line));
        Assert.Equal([null, null, null], Lines(history));
    }

    [Fact]
    public async Task Who_is_named_while_the_first_events_come_has_every_one_of_them_once()
    {
        const int Events = 12;
        var sending = Task.WhenAll(Enumerable.Range(0, Events).Select(number => SendAsync($"/{number}")));
        await Task.WhenAll(Enumerable.Range(0, Events).Select(number => NameAsync("cust-1", $"e{number}")));
        await sending;
        await Eventually.TrueAsync(() => _upstream.Arrivals.Count >= 2 * Events, Patience, "all events have arrived");

        Assert.Equal(2 * Events, _upstream.Arrivals.Select(static arrival => arrival.Mark).Distinct().Count());
        Assert.Equal(2 * Events, _upstream.Arrivals.Count);
        await Eventually.TrueAsync(
            async () => (await _client.ReadGuestAsync("cust-1"))!.Value.GetProperty("delivered").GetInt64() == 2 * Events,
            Patience, "all are known to be delivered");
        var history = await ReadAsync("cust-1");
        Assert.Equal(history, await ReadAsync(_line));
        Assert.Equal(2 * Events, Lines(history).Count());
    }

    private async Task SendAsync(params string[] marks)
    {
        foreach (var mark in marks)
            Assert.True(await _browser.TrySendAsync(mark));
    }

    private Task NameAsync(string guest, string eventId = "e1") => Eventually.TrueAsync(
        async () => (await _client.RecordAsync(new SentEvent(guest, eventId) { BrowserId = _browser.BrowserId }))[0].Sequence
            is not null,
        Patience, "the backend is answered");

    /// <summary>Waits until the browser's events have arrived, in this order, and are known to have.</summary>
    private async Task ArriveAsync(params string[] marks)
    {
        await Eventually.TrueAsync(() => _upstream.Arrivals.Count >= marks.Length, Patience, "the events have arrived");
        Assert.Equal(marks, _upstream.Arrivals.Select(static arrival => arrival.Mark));
        await Eventually.TrueAsync(
            async () => (await _client.ListAsync("/v1/backlog")).Count == 0, Patience, "nothing is undelivered");
    }

    private async Task<string> ReadAsync(string guest) =>
        (await _client.ReadAsync($"/v1/guests/{guest}/events")).GetRawText();

    private static IEnumerable<string?> Lines(string history)
    {
        using var page = JsonDocument.Parse(history);
        return [.. page.RootElement.GetProperty("items").EnumerateArray().Select(
            static item => item.TryGetProperty("line", out var line) ? line.GetString() : null)];
    }
}
