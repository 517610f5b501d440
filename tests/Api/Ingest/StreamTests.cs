using System.Net;
using System.Text.Json;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Ingest;

/// <summary>NDJSON over HTTP/2: read and answered at the same time, of any length.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task A_line_is_answered_before_the_next_is_sent()
    {
        await using var api = await ApiHost.StartAsync();
        await using var call = await DuplexCall.OpenAsync(api);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (call.Status, call.Version));
        for (var at = 1; at <= 3; at++)
        {
            await call.SendAsync(Samples.For("g1", $"e{at}"));
            var result = (await call.ReadAsync())!.Value;
            Assert.Equal((at, "g1", "accepted", at), (
                result.GetProperty("line").GetInt32(), result.GetProperty("guest").GetString()!,
                StatusOf(result), result.GetProperty("sequence").GetInt32()));
        }

        call.Complete();
        Assert.Equal(
            """{"summary":{"lines":3,"accepted":3,"duplicate":0,"rejected":0,"retry":0}}""",
            (await call.ReadAsync())!.Value.GetRawText());
        Assert.Null(await call.ReadAsync());
    }

    [Fact]
    public async Task There_may_be_more_lines_than_a_body_of_HTTP_1_1_takes_and_each_guest_keeps_its_order()
    {
        const int Lines = 6_000;
        await using var api = await StartAsync(("StreamLines", "10"), ("StreamBytes", "2000"));
        await using var call = await DuplexCall.OpenAsync(api);
        var sending = Task.Run(async () =>
        {
            for (var at = 0; at < Lines; at += 100)
                await call.SendAsync(Enumerable.Range(at, 100).Select(n => Samples.For($"g{n % 7}", $"e{n}")));
            call.Complete();
        });

        var results = await call.ReadAsync(Lines);
        await sending;
        Assert.Equal(Enumerable.Range(1, Lines), results.Select(result => result.GetProperty("line").GetInt32()));
        Assert.All(results.Index(), result => Assert.Equal(
            (result.Index / 7) + 1, result.Item.GetProperty("sequence").GetInt64()));
        Assert.Equal(Lines, TotalsOf(await call.ReadAsync()).GetProperty("accepted").GetInt32());
        Assert.All(api.Cluster.Recorded, request => Assert.InRange(request.Events.Count, 1, 500));
    }

    [Fact]
    public async Task What_cannot_be_read_is_answered_in_its_place()
    {
        await using var api = await StartAsync(("EventBytes", "1024"));
        await using var call = await DuplexCall.OpenAsync(api);
        await call.SendRawAsync("\n{oops\n" + new string('x', 200_000));
        await call.SendRawAsync(new string('x', 200_000) + "\n" + Samples.For("g1", "a") + "\n \r\n");
        await call.SendRawAsync(Samples.For("g1", "b"));
        call.Complete();

        var results = await call.ReadAsync(4);
        Assert.Equal(
            [(2, "malformed_json"), (3, "event_too_large"), (4, "accepted"), (6, "accepted")],
            results.Select(result => (
                result.GetProperty("line").GetInt32(),
                result.TryGetProperty("code", out var code) ? code.GetString()! : StatusOf(result))));
        Assert.Equal(4, TotalsOf(await call.ReadAsync()).GetProperty("lines").GetInt32());
    }

    [Fact]
    public async Task What_follows_a_retry_waits_until_it_is_sent_again()
    {
        await using var api = await ApiHost.StartAsync();
        var guest = api.Guest("g1");
        guest.Results["b"] = new RecordResult(RecordStatus.Retry, Code: "guest_backlog_full");
        await using var call = await DuplexCall.OpenAsync(api);
        Assert.Equal(["accepted"], await StatusesAsync(call, Samples.For("g1", "a")));
        Assert.Equal(["retry"], await StatusesAsync(call, Samples.For("g1", "b")));
        Assert.Equal(
            ["retry", "accepted"], await StatusesAsync(call, Samples.For("g1", "c"), Samples.For("g2", "x")));
        guest.Results.Clear();
        Assert.Equal(
            ["retry", "accepted", "accepted"],
            await StatusesAsync(call, Samples.For("g1", "c"), Samples.For("g1", "b"), Samples.For("g1", "c")));
    }

    [Fact]
    public async Task A_cluster_that_cannot_answer_is_reported_line_by_line()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new SessionUnavailableException("down");
        await using var call = await DuplexCall.OpenAsync(api);
        Assert.Equal(["retry"], await StatusesAsync(call, Samples.For("g1", "a")));
        api.Cluster.Fault = null;
        Assert.Equal(["accepted"], await StatusesAsync(call, Samples.For("g1", "a")));
    }

    [Fact]
    public async Task Who_does_not_read_results_is_not_read_from()
    {
        const int Lines = 50_000;
        await using var api = await ApiHost.StartAsync();
        await using var call = await DuplexCall.OpenAsync(api, window: 65_535);
        var sending = Task.Run(async () =>
        {
            for (var at = 0; at < Lines; at += 500)
                await call.SendAsync(Enumerable.Range(at, 500).Select(n => Samples.For("g1", $"e{n}")));
        });

        // It has come to a stand when nothing new is recorded for a while.
        var (recorded, unchanged) = (0, 0);
        await Eventually.TrueAsync(() =>
        {
            var now = api.Cluster.Recorded.Sum(request => request.Events.Count);
            unchanged = now == recorded && now > 0 ? unchanged + 1 : 0;
            recorded = now;
            return unchanged == 100;
        });

        // Windows, slices and buffers hold some thousand lines; nothing holds them all.
        Assert.InRange(recorded, 500, Lines / 2);
        Assert.False(sending.IsCompleted);
        Assert.Equal(Lines, (await call.ReadAsync(Lines)).Count);
        await sending;
    }

    [Fact]
    public async Task Only_so_many_streams_are_open_at_once_and_one_that_broke_makes_way()
    {
        await using var api = await StartAsync(("BulkBytes", "1048576"));
        await using (var first = await DuplexCall.OpenAsync(api))
        {
            Assert.Equal(["accepted"], await StatusesAsync(first, Samples.For("g1", "a")));
            await using var second = await DuplexCall.OpenAsync(api);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, second.Status);
            Assert.Equal("bulk_busy", (await second.ReadAsync())!.Value.GetProperty("code").GetString());
            var whole = await api.PostAsync("/v1/events", Samples.For("g1", "b"), "application/x-ndjson");
            whole.MustRefuse(HttpStatusCode.ServiceUnavailable, "bulk_busy");
            Assert.Equal(1, whole.RetryAfter);
        }

        await Eventually.TrueAsync(async () =>
        {
            await using var again = await DuplexCall.OpenAsync(api);
            return again.Status == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Open_streams_keep_no_other_request_out()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Api:RequestsInFlight"] = "16" });
        var calls = new List<DuplexCall>();
        for (var at = 0; at < 17; at++)
            calls.Add(await DuplexCall.OpenAsync(api));
        Assert.All(calls, call => Assert.Equal(HttpStatusCode.OK, call.Status));
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync(Samples.Path, Samples.Envelope("a"))).Status);
        foreach (var call in calls)
            await call.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_says_nothing_for_long_is_cut_and_has_no_summary()
    {
        await using var api = await ApiHost.StartAsync();
        await using var call = await DuplexCall.OpenAsync(api);
        Assert.Equal(["accepted"], await StatusesAsync(call, Samples.For("g1", "a")));
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        var ending = call.ReadAsync();
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return ending.IsCompleted;
        });
        Assert.Null(await ending);
    }

    [Fact]
    public async Task A_stream_is_read_no_faster_than_its_rate()
    {
        await using var api = await StartAsync(("StreamLinesPerSecond", "10"));
        await using var call = await DuplexCall.OpenAsync(api);
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        await StatusesAsync(call, [.. Enumerable.Range(0, 20).Select(n => Samples.For("g1", $"e{n}"))]);
        await call.SendAsync(Samples.For("g1", "late"));
        var next = call.ReadAsync();
        var waited = TimeSpan.Zero;
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            waited += TimeSpan.FromMilliseconds(100);
            return next.IsCompleted;
        });
        Assert.Equal("late", (await next)!.Value.GetProperty("event_id").GetString());
        Assert.True(waited >= TimeSpan.FromSeconds(1.9), $"It waited {waited}.");
    }

    [Fact]
    public async Task The_same_listener_speaks_HTTP_1_1()
    {
        await using var api = await ApiHost.StartAsync();
        await using var call = await DuplexCall.OpenAsync(api);
        var whole = await api.PostAsync("/v1/events", Samples.For("g1", "a"), "application/x-ndjson");
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (whole.Status, whole.Message.Version));
        Assert.Equal(2, whole.Lines.Length);
    }

    private static Task<ApiHost> StartAsync(params (string Key, string Value)[] ingest) => ApiHost.StartAsync(
        ingest.ToDictionary(setting => $"Sessions:Ingest:{setting.Key}", setting => (string?)setting.Value));

    private static async Task<List<string>> StatusesAsync(DuplexCall call, params string[] lines)
    {
        await call.SendAsync(lines);
        return [.. (await call.ReadAsync(lines.Length)).Select(StatusOf)];
    }

    private static string StatusOf(JsonElement result) => result.GetProperty("status").GetString()!;

    private static JsonElement TotalsOf(JsonElement? line) => line!.Value.GetProperty("summary");
}
