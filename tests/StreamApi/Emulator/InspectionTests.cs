using System.Net.Http.Json;
using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.StreamApi.Tests.Fixtures;

namespace GuestSessions.StreamApi.Tests.Emulator;

public sealed class InspectionTests
{
    [Fact]
    public async Task Events_come_in_the_order_of_arrival_and_in_pages()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        for (var i = 0; i < 3; i++)
        {
            await upstream.PostAsync(browser, more: $",\"n\":1.{i}0");
            await upstream.PostAsync(await upstream.NewBrowserIdAsync());
        }

        var first = await upstream.Http.GetFromJsonAsync<JsonElement>(
            $"/_emulator/events?browser_id={browser.ToUpperInvariant()}&limit=2");
        var second = await upstream.Http.GetFromJsonAsync<JsonElement>(
            $"/_emulator/events?browser_id={browser}&limit=2&after={first.GetProperty("next")}");
        Assert.Equal(["1.00", "1.10"], NumbersOf(first));
        Assert.Equal(["1.20"], NumbersOf(second));
        Assert.False(second.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task The_most_in_flight_for_a_browser_id_is_remembered()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.HangBefore, Times = 2 });
        var both = Task.WhenAll(upstream.PostAsync(browser), upstream.PostAsync(browser));
        await Eventually.TrueAsync(() => upstream.Emulator.Arrivals.Stats.InFlight == 2);
        upstream.Http.CancelPendingRequests();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => both);
        await Eventually.TrueAsync(() => upstream.Emulator.Arrivals.Stats.InFlight == 0);
        await upstream.PostAsync(browser);

        var stats = await upstream.Http.GetFromJsonAsync<JsonElement>("/_emulator/stats");
        Assert.Equal(2, stats.GetProperty("max_in_flight_per_browser_id").GetInt32());
        Assert.Equal(4, stats.GetProperty("requests").GetInt32());
        Assert.Equal(1, stats.GetProperty("by_outcome").GetProperty("kept").GetInt32());
        Assert.Equal(2, stats.GetProperty("by_outcome").GetProperty("hang_before").GetInt32());
    }

    [Fact]
    public async Task The_log_is_bounded_and_tells_what_it_dropped()
    {
        await using var upstream = await RunningEmulator.StartAsync(
            configure: settings => settings.ArrivalsKept = 3);
        for (var i = 0; i < 5; i++)
            await upstream.NewBrowserIdAsync();
        Assert.Equal([3, 4, 5], upstream.Emulator.Arrivals.Since().Select(arrival => arrival.Number));
        var stats = upstream.Emulator.Arrivals.Stats;
        Assert.Equal((5, 2), (stats.Requests, stats.DroppedFromLog));
    }

    [Fact]
    public async Task The_bodies_it_keeps_are_bounded_and_the_last_stays()
    {
        await using var upstream = await RunningEmulator.StartAsync(
            configure: static settings => settings.ArrivalBytesKept = 1);
        var browser = await upstream.NewBrowserIdAsync();
        for (var i = 0; i < 3; i++)
            await upstream.PostAsync(browser);
        Assert.Equal([4], upstream.Emulator.Arrivals.Since().Select(arrival => arrival.Number));
    }

    [Fact]
    public async Task A_reset_forgets_everything_but_the_number()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var browser = await upstream.NewBrowserIdAsync();
        await upstream.PostAsync(browser);
        upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.HangBefore });
        using var reset = await upstream.Http.PostAsync("/_emulator/reset", null);
        Assert.Empty(upstream.Emulator.Arrivals.Since());
        Assert.Empty(upstream.Emulator.Sessions.Of(null));
        Assert.Empty(upstream.Emulator.Faults.List());
        Assert.Equal(0, upstream.Emulator.Arrivals.Stats.Requests);
        await upstream.PostAsync(browser);
        Assert.Equal([3], upstream.Emulator.Arrivals.Since().Select(arrival => arrival.Number));
    }

    [Fact]
    public async Task The_file_has_each_arrival_before_it_is_answered()
    {
        var file = Path.Combine(Path.GetTempPath(), $"arrivals-{Guid.NewGuid():n}.jsonl");
        await using (var upstream = await RunningEmulator.StartAsync(
            configure: settings => settings.ArrivalLog = file))
        {
            upstream.Emulator.Faults.TryAdd(new FaultRule { Kind = FaultKind.HangBefore });
            var posting = upstream.PostAsync("x", more: ",\n\"n\":1.10");
            await Eventually.TrueAsync(() => upstream.Emulator.Arrivals.Stats.ByOutcome.Count > 0);
            Assert.False(posting.IsCompleted);
            var lines = ReadShared(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.Contains("\"number\":1,", line, StringComparison.Ordinal));
            Assert.Contains("\"n\":1.10}", lines[0], StringComparison.Ordinal);
            Assert.Contains("\"fault\":\"hang_before\"", lines[1], StringComparison.Ordinal);
            upstream.Http.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => posting);
        }

        File.Delete(file);
    }

    [Fact]
    public async Task The_root_says_what_there_is()
    {
        await using var upstream = await RunningEmulator.StartAsync();
        var index = await upstream.Http.GetFromJsonAsync<JsonElement>("/");
        Assert.NotEmpty(index.GetProperty("inspection").EnumerateArray());
    }

    private static IEnumerable<string> NumbersOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray()
        .Select(item => item.GetProperty("body").GetProperty("n").GetRawText());

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
