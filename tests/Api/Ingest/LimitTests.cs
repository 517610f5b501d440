using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GuestSessions.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class LimitTests
{
    private static readonly Dictionary<string, string?> Small = new()
    {
        ["Sessions:Ingest:EventBytes"] = "1024",
        ["Sessions:Ingest:BatchBytes"] = "4096",
        ["Sessions:Ingest:StreamBytes"] = "4096",
        ["Sessions:Ingest:BatchEvents"] = "2",
        ["Sessions:Ingest:StreamLines"] = "3",
    };

    [Theory]
    [InlineData("/v1/guests/cust-42/events", "application/json")]
    [InlineData("/v1/guests/cust-42/identifiers", "application/json")]
    [InlineData("/v1/events", "application/json")]
    [InlineData("/v1/events", "application/x-ndjson")]
    [InlineData("/v1/guests/search", "application/json")]
    public async Task A_body_that_is_too_large_is_answered_413_by_its_length_and_while_it_is_read(string path, string type)
    {
        await using var api = await ApiHost.StartAsync(Small);
        var body = new string(' ', 5000);

        (await api.PostAsync(path, body, type)).MustRefuse(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        (await PostChunkedAsync(api, path, body, type))
            .MustRefuse(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
    }

    [Fact]
    public async Task Every_event_of_a_chunked_body_within_the_limit_is_recorded()
    {
        await using var api = await ApiHost.StartAsync();

        var body = Samples.Batch([.. Enumerable.Range(0, 400).Select(at => Samples.Envelope($"e{at}"))]);

        Assert.Equal(HttpStatusCode.Accepted,
            (await PostChunkedAsync(api, Samples.Path, body, "application/json")).Status);
        Assert.Equal(400, Assert.Single(api.Cluster.Recorded).Events.Count);
    }

    [Fact]
    public async Task The_server_s_own_bound_does_not_stand_in_the_way()
    {
        await using var api = await ApiHost.StartAsync(configure: builder =>
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1000));
        var body = Samples.Batch([.. Enumerable.Range(0, 100).Select(at => Samples.Envelope($"e{at}"))]);

        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync(Samples.Path, body)).Status);
        Assert.Equal(HttpStatusCode.Accepted,
            (await PostChunkedAsync(api, Samples.Path, body, "application/json")).Status);
    }

    [Fact]
    public async Task One_event_too_many_refuses_the_whole()
    {
        await using var api = await ApiHost.StartAsync(Small);
        string[] three = [Samples.For("cust-42", "a"), Samples.For("cust-42", "b"), Samples.For("cust-42", "c")];

        (await api.PostAsync(Samples.Path, Samples.Batch(three)))
            .MustRefuse(HttpStatusCode.RequestEntityTooLarge, "too_many_events");
        (await api.PostAsync("/v1/events", Samples.Array(three)))
            .MustRefuse(HttpStatusCode.RequestEntityTooLarge, "too_many_events");
        (await api.PostAsync("/v1/events", string.Join('\n', [.. three, three[0]]), "application/x-ndjson"))
            .MustRefuse(HttpStatusCode.RequestEntityTooLarge, "too_many_events");
        Assert.Empty(api.Cluster.Recorded);

        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync(Samples.Path, Samples.Batch(three[..2]))).Status);
    }

    [Theory]
    [InlineData(2, HttpStatusCode.OK)]
    [InlineData(3, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Blank_lines_are_lines_too(int blank, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync(Small);

        var body = new string('\n', blank) + Samples.For("cust-42", "a");

        Assert.Equal(status, (await api.PostAsync("/v1/events", body, "application/x-ndjson")).Status);
    }

    [Fact]
    public async Task One_event_that_is_too_large_is_answered_413_event_too_large()
    {
        await using var api = await ApiHost.StartAsync(Small);

        (await api.PostAsync(Samples.Path, Samples.Envelope("a", page: new string('x', 1100))))
            .MustRefuse(HttpStatusCode.RequestEntityTooLarge, "event_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_media_type_other_than_JSON_in_UTF_8_is_answered_415(string type)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Samples.Path, Samples.Envelope("a"), type))
            .MustRefuse(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        (await api.PostAsync("/v1/events", "[]", type))
            .MustRefuse(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task A_compressed_body_is_answered_415()
    {
        await using var api = await ApiHost.StartAsync();
        using var client = api.Client();
        using var content = new StringContent(Samples.Envelope("a"), Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        (await Answer.ReadAsync(await client.PostAsync(Samples.Path, content)))
            .MustRefuse(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task Nesting_has_a_limit_of_its_own()
    {
        await using var api = await ApiHost.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        var envelope = $$$"""{"event":{"type":"VIEW","page":"/a","x":{{{deep}}}}}""";

        (await api.PostAsync(Samples.Path, envelope)).MustRefuse(HttpStatusCode.UnprocessableEntity, "too_deep");
        var batch = await api.PostAsync(Samples.Path, Samples.Batch(envelope, Samples.Envelope("a")));
        Assert.Equal("too_deep", batch.Results[0].GetProperty("code").GetString());
    }

    private static async Task<Answer> PostChunkedAsync(ApiHost api, string path, string body, string type)
    {
        using var client = api.Client();
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body)), 512);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = true;
        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
