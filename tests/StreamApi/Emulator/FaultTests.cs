using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.Emulator.Arrivals;
using GuestSessions.Emulator.Faults;
using GuestSessions.StreamApi.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.StreamApi.Tests.Emulator;

public sealed class FaultTests
{
    [Fact]
    public async Task A_status_of_choice_is_answered_and_the_event_not_processed()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 429, RetryAfter = "2" });
        using var response = await upstream.PostAsync(browser);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("2", response.Headers.RetryAfter?.ToString());
        var arrival = upstream.Emulator.Arrivals.Since()[^1];
        Assert.Equal((Fate.Open, "status", 429), (arrival.Fate, arrival.Fault, arrival.Status));
        Assert.Empty(upstream.Emulator.Sessions.Of(browser));
    }

    [Theory]
    [InlineData(FaultKind.HangBefore, 0)]
    [InlineData(FaultKind.HangAfter, 1)]
    public async Task A_hang_ends_only_with_the_client(FaultKind kind, int sessions)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = kind });
        var posting = upstream.PostAsync(browser);
        await Eventually.TrueAsync(() => upstream.Emulator.Arrivals.Since()[^1].Fault is not null);
        Assert.Equal(1, upstream.Emulator.Arrivals.Stats.InFlight);
        Assert.False(posting.IsCompleted);
        upstream.Http.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        await Eventually.TrueAsync(() => upstream.Emulator.Arrivals.Stats.InFlight == 0);
        Assert.Equal(sessions, upstream.Emulator.Sessions.Of(browser).Count);
    }

    [Theory]
    [InlineData(FaultKind.ResetBefore, 0)]
    [InlineData(FaultKind.ResetAfter, 1)]
    public async Task A_reset_gives_no_answer(FaultKind kind, int sessions)
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = kind });
        await Assert.ThrowsAsync<HttpRequestException>(() => upstream.PostAsync(browser));
        Assert.Null(upstream.Emulator.Arrivals.Since()[^1].Status);
        Assert.Equal(sessions, upstream.Emulator.Sessions.Of(browser).Count);
    }

    [Fact]
    public async Task Latency_holds_the_answer_back_but_not_the_event()
    {
        var time = new FakeTimeProvider();
        await using var upstream = await RunningEmulator.StartAsync(time);
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(30), Type = "VIEW" });
        var posting = upstream.PostAsync(browser);
        await Eventually.TrueAsync(() => upstream.Emulator.Sessions.Of(browser).Count == 1);
        Assert.False(posting.IsCompleted);

        // The clock has to move on until the wait has begun.
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            return posting.IsCompleted;
        });
        Assert.Equal(HttpStatusCode.Created, (await posting).StatusCode);
    }

    [Fact]
    public async Task Rules_tell_paths_and_types_apart_and_count()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var set = await upstream.Http.PostAsync("/_emulator/faults", JsonContent.Create<object[]>(
        [
            new { kind = "status", status = 503, type = "ADD", nth = 2 },
            new { kind = "status", status = 500, path = "browser", times = 1 },
        ]));
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);

        var show = "/v1.2/browser/x/show.json?client_key=key-1";
        Assert.Equal(500, (int)(await upstream.Http.GetAsync(show)).StatusCode);
        Assert.Equal(404, (int)(await upstream.Http.GetAsync(show)).StatusCode);
        var browser = await upstream.NewBrowserIdAsync();
        var statuses = new List<int>();
        foreach (var type in new[] { "ADD", "VIEW", "ADD", "ADD" })
            statuses.Add((int)(await upstream.PostAsync(browser, type)).StatusCode);
        Assert.Equal([201, 201, 503, 201], statuses);
        Assert.Equal(
            [(3, 1), (3, 1)],
            upstream.Emulator.Faults.List().Select(count => (count.Matched, count.Fired)));
    }

    [Fact]
    public async Task Chance_0_never_fires()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.ResetBefore, Probability = 0 });
        using var response = await upstream.PostAsync(await upstream.NewBrowserIdAsync());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Rules_can_be_listed_and_cleared_and_an_unknown_fault_is_answered_400()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        using var nonsense = await upstream.Http.PostAsync(
            "/_emulator/faults", JsonContent.Create<object[]>([new { kind = "earthquake" }]));
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);

        await upstream.Http.PostAsync(
            "/_emulator/faults", JsonContent.Create<object[]>([new { kind = "hang_after" }]));
        var listed = await upstream.Http.GetFromJsonAsync<JsonElement>("/_emulator/faults");
        Assert.Equal(
            "hang_after", listed.GetProperty("items")[0].GetProperty("rule").GetProperty("kind").GetString());
        using var cleared = await upstream.Http.DeleteAsync("/_emulator/faults");
        Assert.Empty(upstream.Emulator.Faults.List());
    }

    [Fact]
    public async Task A_hanging_request_does_not_hold_up_the_end()
    {
        var upstream = await RunningEmulator.StartAsync();
        upstream.Emulator.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.HangBefore, Path = FaultPath.Events });
        var posting = upstream.PostAsync(await upstream.NewBrowserIdAsync());
        await Eventually.TrueAsync(() => upstream.EventsSeen == 1);
        await upstream.Emulator.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<HttpRequestException>(() => posting);
        await upstream.DisposeAsync();
    }
}
