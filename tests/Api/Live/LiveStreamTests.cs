using System.Net;
using GuestSessions.Api.Hosting;
using GuestSessions.Api.Live;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Live;

public sealed class LiveStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_stream_begins_now_and_tells_each_event_as_it_stands()
    {
        await using var api = await StartAsync(at: 17);
        await using var reader = await LiveReader.OpenAsync(api);

        Assert.Equal("text/event-stream", reader.Headers.ContentType!.MediaType);
        Assert.Equal("id: 17\nevent: open\ndata: {}", await reader.NextAsync());
        Assert.Equal(":", (await reader.NextAsync())!.TrimEnd());
        api.Guest("cust-42").Happen(new LivePage(19, [Views.Summary(3), Views.Summary(4)]));
        Assert.StartsWith("data: {\"sequence\":3,", await reader.NextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("id: 19\ndata: {\"sequence\":4,", await reader.NextAsync(), StringComparison.Ordinal);
        Assert.Equal([null, 17], api.Guest("cust-42").AskedLive.Take(2));
    }

    [Fact]
    public async Task A_stream_that_broke_off_goes_on_after_the_id_it_gave_last()
    {
        await using var api = await StartAsync(at: 19, Views.Summary(4));
        await using var reader = await LiveReader.OpenAsync(api, after: "17");

        Assert.Equal("id: 19\nevent: open\ndata: {}", await reader.NextAsync());
        Assert.StartsWith("id: 19\ndata: {\"sequence\":4,", await reader.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(17, api.Guest("cust-42").AskedLive.First());
    }

    [Fact]
    public async Task A_stream_follows_the_browsers_that_the_guest_was_named_for_and_resumes_in_each()
    {
        const string line = "browser:6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";
        await using var api = await StartAsync(at: 19, Views.Summary(4));
        api.Guest("cust-42").LiveNow = api.Guest("cust-42").LiveNow! with { Lines = new[] { line } };
        api.Guest(line).LiveNow = new LivePage(5, [Views.Summary(2)]);
        await using var reader = await LiveReader.OpenAsync(api, after: "17.3");

        Assert.Equal("id: 19.5\nevent: open\ndata: {}", await reader.NextAsync());
        string?[] told = [await reader.NextAsync(), await reader.NextAsync()];
        Assert.Contains(told, message => message!.Contains($"\"line\":\"{line}\"", StringComparison.Ordinal));
        Assert.StartsWith("id: 19.5\n", told[1], StringComparison.Ordinal);
        Assert.Equal([17], api.Guest("cust-42").AskedLive.Take(1));
        Assert.Equal([3], api.Guest(line).AskedLive.Take(1));
    }

    [Fact]
    public async Task A_stream_follows_the_latest_64_browsers_and_resumes_without_those_before()
    {
        string[] lines = [.. Enumerable.Range(1, 150).Select(static number => $"browser:6c1b4a5e-0d32-4c7b-8f11-{number:x12}")];
        await using var api = await StartAsync(at: 19);
        api.Guest("cust-42").LiveNow = new LivePage(19, []) { Lines = lines };
        foreach (var line in lines)
            api.Guest(line).LiveNow = new LivePage(5, []);
        await using var reader = await LiveReader.OpenAsync(
            api, after: "17+86" + string.Concat(Enumerable.Repeat(".4", 64)));

        var places = "19+86" + string.Concat(Enumerable.Repeat(".5", 64));
        Assert.Equal($"id: {places}\nevent: open\ndata: {{}}", await reader.NextAsync());
        Assert.Equal(":", (await reader.NextAsync())!.TrimEnd());
        Assert.All(lines[..86], line => Assert.Empty(api.Guest(line).AskedLive));
        Assert.All(lines[86..], line => Assert.Equal(4, api.Guest(line).AskedLive.First()));
    }

    [Fact]
    public async Task A_browser_that_is_linked_meanwhile_is_a_gap_because_its_history_is_in_the_timeline_now()
    {
        const string line = "browser:6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";
        await using var api = await StartAsync(at: 19);
        api.Guest("cust-42").LiveNow = new LivePage(19, []) { Lines = new[] { line } };
        api.Guest(line).LiveNow = new LivePage(5, []);
        await using var reader = await LiveReader.OpenAsync(api, after: "17");

        await reader.NextAsync();

        Assert.Equal("id: 19.5\nevent: gap\ndata: {}", await reader.NextAsync());
    }

    [Fact]
    public async Task What_is_not_known_any_more_is_a_gap_and_no_silence()
    {
        await using var api = await StartAsync(at: 900);
        api.Guest("cust-42").LiveNow = new LivePage(900, []) { HasGap = true };
        await using var reader = await LiveReader.OpenAsync(api, after: "3");

        await reader.NextAsync();

        Assert.Equal("id: 900\nevent: gap\ndata: {}", await reader.NextAsync());
    }

    [Fact]
    public async Task A_quiet_stream_says_from_time_to_time_that_it_is_there()
    {
        await using var api = await StartAsync(at: 17);
        await using var reader = await LiveReader.OpenAsync(api);
        await reader.NextAsync();
        await reader.NextAsync();

        api.Guest("cust-42").Happen(new LivePage(17, []));

        Assert.Equal(":", (await reader.NextAsync())!.TrimEnd());
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_cut_off_and_frees_a_watchers_place()
    {
        await using var api = await StartAsync(at: 1, limit: 1);
        List<EventSummary> page = [.. Enumerable.Range(1, 200).Select(static at => Views.Summary(at))];
        api.Guest("cust-42").LiveAlways = after => new LivePage(after + 1, page);
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        await using var slow = await LiveReader.OpenAsync(api);
        Assert.Equal(HttpStatusCode.OK, slow.Status);

        // The sockets between take some pages; time only counts for a page that they do not take.
        await WatcherLimitIsFreeAsync(api, () => time.Advance(LiveStream.LongestWrite));

        await slow.DrainAsync();
    }

    [Theory]
    [InlineData("seventeen")]
    [InlineData("-1")]
    [InlineData("17+")]
    [InlineData("17.3+2")]
    public async Task A_Last_Event_ID_that_no_stream_issued_is_answered_400_invalid_parameter(string after)
    {
        await using var api = await StartAsync(at: 17);
        await using var reader = await LiveReader.OpenAsync(api, after: after);

        (await reader.RefusalAsync()).MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
    }

    [Fact]
    public async Task A_guest_that_was_never_seen_is_not_found()
    {
        await using var api = await ApiHost.StartAsync();
        await using var reader = await LiveReader.OpenAsync(api);

        (await reader.RefusalAsync()).MustRefuse(HttpStatusCode.NotFound, "guest_not_found");
    }

    [Fact]
    public async Task A_host_has_so_many_watchers_and_a_reader_who_leaves_makes_way_for_another()
    {
        await using var api = await StartAsync(at: 17, limit: 1);
        await using (var first = await LiveReader.OpenAsync(api))
        {
            await first.NextAsync();
            await using var second = await LiveReader.OpenAsync(api);
            (await second.RefusalAsync()).MustRefuse(HttpStatusCode.ServiceUnavailable, "too_many_streams");
        }

        await WatcherLimitIsFreeAsync(api);
    }

    [Fact]
    public async Task A_guest_that_too_many_watch_refuses_before_and_ends_within()
    {
        await using var api = await StartAsync(at: 17);
        await using var reader = await LiveReader.OpenAsync(api);
        await reader.NextAsync();
        await reader.NextAsync();

        api.Guest("cust-42").Happen(new LivePage(17, []) { IsFull = true });
        Assert.Null(await reader.NextAsync());
        api.Guest("cust-42").LiveNow = new LivePage(17, []) { IsFull = true };
        await using var late = await LiveReader.OpenAsync(api);

        (await late.RefusalAsync()).MustRefuse(HttpStatusCode.ServiceUnavailable, "too_many_streams");
    }

    [Fact]
    public async Task A_cluster_that_cannot_answer_ends_the_stream_where_a_message_ends()
    {
        await using var api = await StartAsync(at: 17);
        await using var reader = await LiveReader.OpenAsync(api);
        await reader.NextAsync();
        await reader.NextAsync();
        // Before the page that comes is asked for, the fault would hit the question.
        await Eventually.TrueAsync(() => api.Guest("cust-42").AskedLive.Count == 2);

        api.Cluster.Fault = new SessionUnavailableException("moved");
        api.Guest("cust-42").Happen(new LivePage(18, [Views.Summary(3)]));

        Assert.StartsWith("id: 18\n", await reader.NextAsync(), StringComparison.Ordinal);
        Assert.Null(await reader.NextAsync());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_host_that_stops_ends_its_streams(string version)
    {
        await using var api = await StartAsync(at: 17);
        await using var reader = await LiveReader.OpenAsync(api, version: Version.Parse(version));
        await reader.NextAsync();
        await reader.NextAsync();

        var stopping = api.App.StopAsync(TestContext.Current.CancellationToken);

        Assert.Null(await reader.NextAsync());
        await stopping.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_reader_who_is_gone_holds_up_no_end_of_the_host(string version)
    {
        await using var api = await StartAsync(at: 17, limit: 1);
        await using (var gone = await LiveReader.OpenAsync(api, version: Version.Parse(version)))
            await gone.NextAsync();
        await WatcherLimitIsFreeAsync(api);

        await api.App.StopAsync(TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_page_that_is_on_its_way_when_the_host_stops_is_read_to_its_end()
    {
        // More than the client takes unread, so that the server waits with the rest of it.
        List<EventSummary> page = [.. Enumerable.Range(1, 20_000).Select(static at => Views.Summary(at))];
        await using var api = await StartAsync(at: 20_000, [.. page]);
        await using var reader = await LiveReader.OpenAsync(api, version: HttpVersion.Version20);
        await reader.NextAsync();

        var stopping = api.App.StopAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => api.App.Services.GetRequiredService<LongAnswers>().IsEnding);

        string? last = null;
        while (await reader.NextAsync() is { } message)
            last = message;
        Assert.StartsWith("id: 20000\ndata: {\"sequence\":20000,", last, StringComparison.Ordinal);
        await stopping.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static Task<ApiHost> StartAsync(long at, params EventSummary[] events) => StartAsync(at, limit: 10, events);

    private static async Task<ApiHost> StartAsync(long at, int limit, params EventSummary[] events)
    {
        var api = await ApiHost.StartAsync(
            new Dictionary<string, string?>
            {
                ["Sessions:Api:LiveStreams"] = $"{limit}",
                ["shutdownTimeoutSeconds"] = "240", // Who waits for it waits for longer than the tests do.
            });
        api.Guest("cust-42").LiveNow = new LivePage(at, events);
        return api;
    }

    /// <summary>Opens watchers until the limit admits one.</summary>
    private static Task WatcherLimitIsFreeAsync(ApiHost api, Action? before = null) =>
        Eventually.TrueAsync(async () =>
        {
            before?.Invoke();
            await using var reader = await LiveReader.OpenAsync(api);
            return reader.Status == HttpStatusCode.OK;
        });
}
