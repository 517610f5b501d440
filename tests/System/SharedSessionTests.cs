using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GuestSessions.Emulator.Sessions;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>
/// A browser's session goes on whoever owns the browser, on the real process: what an SDK puts into the cart, a backend
/// orders.
/// </summary>
public sealed class SharedSessionTests : IAsyncLifetime
{
    private const string PointOfSale = SentEvent.PointOfSale;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new();
    private Upstream _upstream = null!;
    private SiloProcess _silo = null!;
    private SessionsClient _client = null!;
    private string _browserId = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync();
        _silo = new SiloProcess(
            _upstream.Address, ("Tenants:demo:Rules:Strict", "true"), ("Tenants:demo:Rules:IdentityRules:0", "CRM"));
        await _silo.StartAsync();
        _client = new SessionsClient(_silo.Address);
        _http.BaseAddress = _silo.Address;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-admin");
        _browserId = await _upstream.IssueBrowserIdAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        await _silo.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_cart_that_an_SDK_filled_is_ordered_by_the_backend_in_one_session()
    {
        await FillAsync();
        await RecordAsync("cust-1", "IDENTITY", """ "identifiers":[{"provider":"CRM","id":"4711"}]""");
        await RecordAsync("cust-1", "CHECKOUT", """ "reference_id":"O-1","status":"PURCHASED" """);
        await RecordAsync("cust-1", "ORDER_CHECKOUT", Order);

        var session = Assert.Single(await SessionsAsync("cust-1"));
        Assert.Equal("CONVERTED", session.GetProperty("cart").GetProperty("type").GetString());
        Assert.Equal($"browser:{_browserId}", session.GetProperty("continued_from").GetString());
        Assert.Equal(6, session.GetProperty("events").GetInt32());
        Assert.Equal("/shop", session.GetProperty("first_page").GetString());
        await AgreesAsync(CartType.Converted, events: 6);
    }

    [Fact]
    public async Task A_session_goes_on_from_named_guest_to_named_guest_and_back_over_a_kill()
    {
        await RecordAsync("cust-1", "ADD", Added);
        await RecordAsync("cust-2", "VIEW");
        await _silo.KillAsync();
        await _silo.StartAsync();
        await RecordAsync("cust-2", "CONFIRM", """ "product":[{"item_id":"bike-1"}]""");

        Assert.Equal(
            ("CONTINUED", "cust-2"),
            (Assert.Single(await SessionsAsync("cust-1")) is var before ? before.GetProperty("state").GetString() : null,
                before.GetProperty("continued_by").GetString()));
        Assert.Equal("cust-1", Assert.Single(await SessionsAsync("cust-2")).GetProperty("continued_from").GetString());

        await RecordAsync("cust-1", "CHECKOUT", """ "reference_id":"O-1","status":"PURCHASED" """);

        var session = Assert.Single(await SessionsAsync("cust-1"));
        Assert.Equal("OPEN", session.GetProperty("state").GetString());
        Assert.Equal("CONVERTED", session.GetProperty("cart").GetProperty("type").GetString());
        Assert.Equal("cust-1", Assert.Single(await SessionsAsync("cust-2")).GetProperty("continued_by").GetString());
        await AgreesAsync(CartType.Converted, events: 4);
    }

    [Fact]
    public async Task A_dry_run_knows_the_cart_that_an_SDK_filled_and_takes_nothing()
    {
        await FillAsync();

        using var content = Body("CHECKOUT", """ "reference_id":"O-1","status":"PURCHASED" """, guest: "cust-1");
        using var answer = await _http.PostAsync(new Uri("/v1/validate", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotContain("checkout_without_confirm", text, StringComparison.Ordinal);
        Assert.Null(await _client.ReadGuestAsync("cust-1"));
    }

    private const string Added =
        """ "product":{"type":"BIKE","item_id":"bike-1","name":"Tourer","productId":"T-1","orderedAt":"2026-11-23T10:00:00.000Z","quantity":1,"price":900,"currency":"EUR","referenceId":"bike-1"}""";

    private const string Order =
        """ "order":{"referenceId":"o-1","orderedAt":"2026-11-23T10:00:00.000Z","status":"PURCHASED","currencyCode":"EUR","price":900,"paymentType":"Card","cardType":"Visa","orderItems":[{"type":"BIKE","referenceId":"o-1-1","orderedAt":"2026-11-23T10:00:00.000Z","status":"PURCHASED","currencyCode":"EUR","price":900,"name":"Tourer","productId":"T-1","quantity":1}]}""";

    private async Task FillAsync()
    {
        await SendAsync("VIEW");
        await SendAsync("ADD", Added);
        await SendAsync("CONFIRM", """ "product":[{"item_id":"bike-1"}]""");
    }

    private async Task SendAsync(string type, string? more = null)
    {
        using var content = new StringContent(
            $$"""
            {"type":"{{type}}","channel":"WEB","language":"EN","currency":"EUR","page":"/shop","pos":"{{PointOfSale}}","browser_id":"{{_browserId}}","client_key":"{{Upstream.ClientKey}}"{{(more is null ? "" : "," + more)}}}
            """,
            new MediaTypeHeaderValue("application/json"));
        using var answer = await _http.PostAsync(new Uri("/v1.2/events", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    /// <summary>Sends the same event again while it is answered with a retry, as callers do when a silo is slow to start.</summary>
    private async Task RecordAsync(string guest, string type, string? more = null)
    {
        var eventId = Guid.NewGuid().ToString();
        var status = HttpStatusCode.ServiceUnavailable;
        var text = "";
        await Eventually.TrueAsync(
            async () =>
            {
                using var content = Body(type, more, eventId: eventId);
                using var answer = await _http.PostAsync(new Uri($"/v1/guests/{guest}/events", UriKind.Relative), content);
                (status, text) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
                return status != HttpStatusCode.ServiceUnavailable;
            },
            TimeSpan.FromMinutes(1), $"{type} of {guest} is not answered with a retry any more");
        Assert.True(status == HttpStatusCode.Accepted, text);
        Assert.DoesNotContain("warnings", text, StringComparison.Ordinal);
    }

    private StringContent Body(string type, string? more, string? guest = null, string? eventId = null)
    {
        var @event = $$"""
            {"type":"{{type}}","channel":"WEB","page":"/till","pos":"{{PointOfSale}}","browser_id":"{{_browserId}}"{{(more is null ? "" : "," + more)}}}
            """;
        var names = (guest is null ? "" : $"\"guest\":\"{guest}\",") + (eventId is null ? "" : $"\"event_id\":\"{eventId}\",");
        return new StringContent($"{{{names}\"event\":{@event}}}", new MediaTypeHeaderValue("application/json"));
    }

    private async Task<IReadOnlyList<JsonElement>> SessionsAsync(string guest) =>
        [.. (await _client.ReadGuestAsync(guest))!.Value.GetProperty("sessions").EnumerateArray()];

    // A kill may double an event that was on its way, so there can be more.
    private async Task AgreesAsync(CartType type, int events)
    {
        await Eventually.TrueAsync(
            () => _upstream.SessionsOf(_browserId) is [{ } session]
                && session.Counts.Values.Sum() >= events && session.CartType == type,
            Patience, $"{events} events have arrived in one session whose cart is {type}");
    }
}
