using System.IO.Pipelines;
using System.Net;
using System.Text;
using GuestSessions.Api.Overload;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Api.Tests.Ingest;
using GuestSessions.Api.Tests.Ingress;
using GuestSessions.Core.Options;
using GuestSessions.ServiceDefaults.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Api.Tests.Overload;

/// <summary>Bodies that are still coming: what they may hold, and what they may not.</summary>
public sealed class ArrivalTests
{
    private const string Ingress = "/v1.2/events?client_key=demo-client-key";

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(Samples.Path)]
    [InlineData(Ingress)]
    public async Task A_body_that_is_coming_takes_no_place_of_those_that_are_there(string path)
    {
        await using var api = await ApiHost.StartAsync(new Dictionary<string, string?>
        {
            ["Sessions:Api:RequestsInFlight"] = "16",
            ["Sessions:Ingress:RequestsInFlight"] = "16",
        });
        List<RawCall> slow = [];
        for (var call = 0; call < 40; call++)
            slow.Add(await RawCall.PostAsync(api.Address, path, 1000, "{"));

        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync(Samples.Path, Samples.Envelope($"e{round}"))).Status);
            Assert.Equal(HttpStatusCode.OK, (await api.GetAsync("/v1.2/browser/create.json?client_key=demo-client-key")).Status);
        }

        foreach (var call in slow)
            await call.DisposeAsync();
    }

    [Fact]
    public async Task A_body_that_comes_in_pieces_is_read_whole()
    {
        await using var api = await ApiHost.StartAsync();
        var body = Samples.Envelope("e1");
        await using var call = await RawCall.PostAsync(api.Address, Samples.Path, body.Length, body[..10]);
        await call.SendAsync(body[10..20]);
        await call.SendAsync(body[20..]);

        Assert.Equal(202, await call.StatusAsync());
        Assert.Single(api.Cluster.Recorded);
    }

    [Theory]
    [InlineData(Samples.Path, "application/problem+json")]
    [InlineData(Ingress, "application/json")]
    public async Task A_body_that_takes_too_long_is_rejected_and_others_of_its_address_are_not(string path, string type)
    {
        await using var api = await ApiHost.StartAsync();
        var time = (FakeTimeProvider)api.App.Services.GetRequiredService<TimeProvider>();
        await using var late = await RawCall.PostAsync(api.Address, path, 1000, "{");

        var status = late.StatusAsync();
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(20));
            return status.IsCompleted;
        });

        Assert.Equal(408, await status);
        var rest = await late.RestAsync();
        Assert.Contains("request_timeout", rest, StringComparison.Ordinal);
        Assert.Contains(type, rest, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync(Samples.Path, Samples.Envelope("e1"))).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    public async Task Without_a_valid_key_no_body_is_waited_for(string? key)
    {
        await using var api = await ApiHost.StartAsync();
        await using var call = await RawCall.PostAsync(api.Address, Samples.Path, 1000, "{", key);

        Assert.Equal(401, await call.StatusAsync());
    }

    [Fact]
    public async Task Of_an_address_that_sends_too_many_the_one_that_came_longest_ago_gives_way()
    {
        // Without the server's own limit: it runs on the real clock, and answers a body that rests for five seconds with 408.
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:Arrival:UnfinishedPerAddress"] = "8" },
            configure: static builder => builder.Services.Configure<KestrelServerOptions>(
                static kestrel => kestrel.Limits.MinRequestBodyDataRate = null));
        await using var oldest = await RawCall.PostAsync(api.Address, Ingress, 1000, "{");
        var answer = oldest.StatusAsync();
        List<RawCall> younger = [];
        while (!answer.IsCompleted && younger.Count < 50)
            younger.Add(await RawCall.PostAsync(api.Address, Ingress, 1000, "{"));

        Assert.Equal(503, await answer);
        var body = SdkCalls.View();
        await using var prompt = await RawCall.PostAsync(api.Address, Ingress, body.Length, body[..5]);
        await prompt.SendAsync(body[5..]);
        Assert.Equal(201, await prompt.StatusAsync());
        foreach (var call in younger)
            await call.DisposeAsync();
    }

    [Fact]
    public async Task Who_does_not_read_its_answer_holds_no_place()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:RequestsInFlight"] = "16" });
        api.Upstream.Answer = FakeUpstream.Json(200, $"\"{new string('x', 8_000_000)}\"");
        const string Call = """{"clientKey":"demo-client-key","friendlyId":"exp"}""";
        List<RawCall> deaf = [];
        for (var call = 0; call < 15; call++)
            deaf.Add(await RawCall.PostAsync(api.Address, "/v2/callFlows", Call.Length, Call));
        await Eventually.TrueAsync(() => api.Upstream.Calls.Count >= 14);

        await Eventually.TrueAsync(async () =>
            (await api.GetAsync("/v1.2/browser/create.json?client_key=demo-client-key", secret: null)).Status == HttpStatusCode.OK);

        foreach (var call in deaf)
            await call.DisposeAsync();
    }

    [Fact]
    public void Bytes_are_bounded_by_address_and_over_all()
    {
        var arrivals = new Arrivals(
            new ArrivalOptions { UnfinishedBytesPerAddress = 1000, UnfinishedBytes = 2000 }, _time);
        var (first, second) = (Begin("a"), Begin("a"));
        arrivals.Grow(first, 600);
        arrivals.Grow(second, 500);

        Assert.Equal(ArrivalEnd.GaveWay, arrivals.End(second));
        var others = new[] { Begin("b"), Begin("c") };
        arrivals.Grow(others[0], 900);
        arrivals.Grow(others[1], 700);

        Assert.Equal(ArrivalEnd.GaveWay, arrivals.End(others[0])); // Its address has the most.
        Assert.Equal(ArrivalEnd.Whole, arrivals.End(others[1]));
        Assert.Equal(ArrivalEnd.Whole, arrivals.End(first));

        Arrival Begin(string address) => arrivals.Begin(address, new Pipe().Reader);
    }

    [Fact]
    public void Of_more_large_bodies_than_fit_those_that_are_nearly_there_become_whole_and_small_ones_always_do()
    {
        const int Body = 1600;
        var arrivals = new Arrivals(
            new ArrivalOptions { UnfinishedBytesPerAddress = 8 * Body, UnfinishedBytes = 8 * Body }, _time);
        List<Arrival> coming = [];
        List<ArrivalEnd> ends = [];
        for (var step = 0; step < 100; step++)
        {
            coming.Add(arrivals.Begin("a", new Pipe().Reader));
            foreach (var arrival in coming.ToList())
            {
                arrivals.Grow(arrival, arrival.Bytes + 80);
                if (arrival.Bytes < Body && arrival.Ended is null)
                    continue;
                ends.Add(arrivals.End(arrival));
                coming.Remove(arrival);
            }

            var small = arrivals.Begin("a", new Pipe().Reader);
            arrivals.Grow(small, 100);
            Assert.Equal(ArrivalEnd.Whole, arrivals.End(small));
        }

        Assert.InRange(ends.Count(static end => end == ArrivalEnd.Whole), 30, 80);
        Assert.Contains(ArrivalEnd.GaveWay, ends);
    }

    [Fact]
    public void An_address_may_have_as_much_on_its_way_as_bulk_bodies_may_hold() =>
        Assert.True(new ArrivalOptions().UnfinishedBytesPerAddress >= new IngestOptions().BulkBytes);

    [Fact]
    public void Who_speaks_for_many_is_bounded_with_all_others_only()
    {
        var arrivals = new Arrivals(new ArrivalOptions { UnfinishedPerAddress = 8, Unfinished = 20 }, _time);
        var proxied = Enumerable.Range(0, 15).Select(_ => arrivals.Begin(null, new Pipe().Reader)).ToList();
        var direct = Enumerable.Range(0, 9).Select(_ => arrivals.Begin("a", new Pipe().Reader)).ToList();

        Assert.Equal(ArrivalEnd.GaveWay, arrivals.End(direct[0]));
        Assert.Equal(3, proxied.Count(arrival => arrivals.End(arrival) == ArrivalEnd.GaveWay));
    }

    [Fact]
    public async Task A_stream_is_not_waited_for_and_only_where_streams_are_answered()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingress:RequestsInFlight"] = "16" });
        await using var stream = await DuplexCall.OpenAsync(api);
        await stream.SendAsync(Samples.For("cust-1", "a"));
        Assert.Equal("accepted", (await stream.ReadAsync())!.Value.GetProperty("status").GetString());

        using var client = api.Client(secret: null);
        using var call = new HttpRequestMessage(HttpMethod.Post, Ingress)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(SdkCalls.View(), Encoding.UTF8, "application/x-ndjson"),
        };
        using var answer = await client.SendAsync(call);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
