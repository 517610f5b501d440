using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GuestSessions.StreamApi.Tests.Emulator;

/// <summary>The rest of the menu: answers of any kind, and answers that do not come whole.</summary>
public sealed class FaultMenuTests
{
    [Fact]
    public async Task A_body_and_headers_of_choice_are_answered()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 502, Body = "<h1>Bad gateway</h1>", Times = 1 },
            new FaultRule
            {
                Kind = FaultKind.Status,
                Status = 429,
                Body = "",
                ContentType = "text/plain",
                RetryAfterDate = TimeSpan.FromHours(1),
            });
        using var html = await upstream.PostAsync(browser);
        using var empty = await upstream.PostAsync(browser);
        Assert.Equal((502, "text/html"), ((int)html.StatusCode, html.Content.Headers.ContentType?.MediaType));
        Assert.Equal("<h1>Bad gateway</h1>", await html.Content.ReadAsStringAsync());
        Assert.Equal("", await empty.Content.ReadAsStringAsync());
        var until = empty.Headers.RetryAfter!.Date!.Value - TimeProvider.System.GetUtcNow();
        Assert.InRange(until, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(61));
    }

    [Theory]
    [InlineData("99999999999999")]
    [InlineData("-5")]
    [InlineData("soon")]
    public async Task An_absurd_Retry_After_is_written_as_it_is(string value)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 503, RetryAfter = value });
        using var response = await upstream.PostAsync("x");
        Assert.Equal(value, Assert.Single(response.Headers.NonValidated["Retry-After"]));
    }

    [Fact]
    public async Task A_redirect_and_a_204_can_be_had()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 204, Times = 1 },
            new FaultRule { Kind = FaultKind.Status, Status = 307, Location = "/v1.2/elsewhere" });
        using var nothing = await upstream.PostAsync("x");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var redirect = await client.PostAsync(
            new Uri(upstream.Emulator.Address, "/v1.2/events"), new StringContent("{}"));
        Assert.Equal(
            (HttpStatusCode.NoContent, ""), (nothing.StatusCode, await nothing.Content.ReadAsStringAsync()));
        Assert.Equal(
            (HttpStatusCode.TemporaryRedirect, "/v1.2/elsewhere"),
            (redirect.StatusCode, redirect.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task A_status_may_come_after_the_event_was_processed()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Processed = true });
        using var response = await upstream.PostAsync(browser);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Single(upstream.Emulator.Sessions.Of(browser));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Half_an_answer_ends_in_a_broken_read(HttpProtocols protocols)
    {
        await using var upstream = await RunningEmulator.StartAsync(
            configure: settings => settings.Protocols = protocols);
        if (protocols == HttpProtocols.Http2)
        {
            upstream.Http.DefaultRequestVersion = HttpVersion.Version20;
            upstream.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }

        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.TruncatedAnswer, Path = FaultPath.Browser });
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "/v1.2/browser/create.json?client_key=key-1")
        {
            Version = upstream.Http.DefaultRequestVersion,
            VersionPolicy = upstream.Http.DefaultVersionPolicy,
        };
        using var response = await upstream.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_slow_answer_comes_whole_in_the_end()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.SlowAnswer });
        Assert.Equal(36, (await upstream.NewBrowserIdAsync()).Length);
    }

    [Fact]
    public async Task A_slow_answer_stops_when_its_reader_goes()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.SlowAnswer, Delay = TimeSpan.FromHours(1) });
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/v1.2/events"))
        using (request.Content = new StringContent("{}"))
        using (await upstream.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
            Assert.Equal(1, upstream.Emulator.Arrivals.Stats.InFlight);
        await Eventually.TrueAsync(() => upstream.Emulator.Arrivals.Stats.InFlight == 0);
    }

    [Fact]
    public async Task Rules_strike_every_nth_and_one_browser_and_can_be_ended_one_by_one()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var mine = await upstream.NewBrowserIdAsync();
        var other = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Every = 3, BrowserId = mine },
            new FaultRule { Kind = FaultKind.Status, Status = 418, BrowserId = other });
        var statuses = new List<int>();
        for (var i = 0; i < 7; i++)
            statuses.Add((int)(await upstream.PostAsync(mine)).StatusCode);
        Assert.Equal([201, 201, 500, 201, 201, 500, 201], statuses);
        Assert.Equal(418, (int)(await upstream.PostAsync(other)).StatusCode);

        using var ended = await upstream.Http.DeleteAsync("/_emulator/faults/2");
        using var unknown = await upstream.Http.DeleteAsync("/_emulator/faults/2");
        Assert.Equal((204, 404), ((int)ended.StatusCode, (int)unknown.StatusCode));
        Assert.Equal(201, (int)(await upstream.PostAsync(other)).StatusCode);
    }

    [Fact]
    public async Task A_seed_makes_chance_the_same_each_time()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var upstream = await RunningEmulator.StartAsync();
            upstream.Emulator.Faults.TryAdd(
                new FaultRule { Kind = FaultKind.Status, Probability = 0.5, Seed = 7, Path = FaultPath.Events });
            var browser = await upstream.NewBrowserIdAsync();
            var statuses = new List<int>();
            for (var i = 0; i < 20; i++)
                statuses.Add((int)(await upstream.PostAsync(browser)).StatusCode);
            runs.Add(string.Join(' ', statuses));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains("201", runs[0], StringComparison.Ordinal);
        Assert.Contains("500", runs[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"kind":"status","status":99}]""")]
    [InlineData("""[{"kind":"status","probability":1.5}]""")]
    [InlineData("""[{"kind":"status","nth":0}]""")]
    [InlineData("""[{"kind":"status","location":"a\r\nb"}]""")]
    public async Task An_invalid_rule_is_answered_with_a_sentence_that_says_why(string rules)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var response = await upstream.Http.PostAsync(
            "/_emulator/faults", new StringContent(rules, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.EndsWith(".", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(upstream.Emulator.Faults.List());
    }
}
