using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class BulkTests
{
    private const string Path = "/v1/events";
    private const string Ndjson = "application/x-ndjson";

    [Fact]
    public async Task An_array_goes_to_each_guest_in_its_order_and_answers_in_request_order()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, Samples.Array(
            Samples.For("g1", "a"), Samples.For("g2", "b"), Samples.Envelope("c"), Samples.For("g1", "d")));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(["accepted", "accepted", "rejected", "accepted"],
            answer.Results.Select(result => result.GetProperty("status").GetString()!));
        Assert.Equal("g2", answer.Results[1].GetProperty("guest").GetString());
        Assert.Equal("missing_attribute", answer.Results[2].GetProperty("code").GetString());
        Assert.Equal(2, answer.Results[3].GetProperty("sequence").GetInt64());
        var first = Assert.Single(api.Cluster.Recorded, request => request.Guest == "g1");
        Assert.Equal(["a", "d"], first.Events.Select(message => message.EventId));
    }

    [Theory]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "no_events")]
    [InlineData("{}", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("[1,", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("[1]", HttpStatusCode.UnprocessableEntity, "no_event_accepted")]
    public async Task A_body_that_is_no_array_of_envelopes_is_answered_with_what_is_wrong_with_it(string body, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Path, body)).MustRefuse(status, code);
    }

    [Fact]
    public async Task An_array_that_the_cluster_cannot_take_is_answered_with_a_retry()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Fault = new SessionUnavailableException("down");

        var answer = await api.PostAsync(Path, Samples.Array(Samples.For("g1", "a"), Samples.For("g2", "b")));

        answer.MustRefuse(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(1, answer.RetryAfter);
        Assert.All(answer.Results, result => Assert.Equal("retry", result.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task NDJSON_answers_a_line_for_a_line_in_order_and_then_a_summary()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("g3").Results["f"] = new RecordResult(RecordStatus.Retry, Code: "guest_backlog_full");

        var answer = await api.PostAsync(Path, string.Join('\n',
            Samples.For("g1", "a"), Samples.For("g2", "b") + "\r", "", "{oops", Samples.For("g1", "a"),
            Samples.For("undefined", "e"), Samples.For("g3", "f"), ""), Ndjson);

        Assert.Equal((HttpStatusCode.OK, Ndjson), (answer.Status, answer.ContentType));
        Assert.Equal(
            [(1, "accepted"), (2, "accepted"), (4, "rejected"), (5, "duplicate"), (6, "rejected"), (7, "retry")],
            answer.Lines[..^1].Select(line =>
                (line.GetProperty("line").GetInt32(), line.GetProperty("status").GetString()!)));
        Assert.Equal("g2", answer.Lines[1].GetProperty("guest").GetString());
        Assert.Equal("malformed_json", answer.Lines[2].GetProperty("code").GetString());
        Assert.Equal("junk_guest_id", answer.Lines[4].GetProperty("code").GetString());
        Assert.Equal(
            """{"summary":{"lines":6,"accepted":2,"duplicate":1,"rejected":2,"retry":1}}""",
            answer.Lines[^1].GetRawText());
    }

    [Fact]
    public async Task NDJSON_of_many_lines_keeps_each_guest_in_order()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, string.Join('\n',
            Enumerable.Range(0, 3000).Select(at => Samples.For($"g{at % 7}", $"e{at}"))), Ndjson);

        Assert.Equal(Enumerable.Range(1, 3000), answer.Lines[..^1].Select(line => line.GetProperty("line").GetInt32()));
        Assert.All(answer.Lines[..^1].Index(), line => Assert.Equal(
            (line.Index / 7) + 1, line.Item.GetProperty("sequence").GetInt64()));
    }

    [Fact]
    public async Task What_follows_a_retry_is_a_retry_too()
    {
        await using var api = await ApiHost.StartAsync(
            new Dictionary<string, string?> { ["Sessions:Ingest:BatchEvents"] = "2" });
        api.Guest("g1").Results["b"] = new RecordResult(RecordStatus.Retry, Code: "guest_backlog_full");

        var answer = await api.PostAsync(Path, string.Join('\n',
            Samples.For("g1", "a"), Samples.For("g1", "b"), Samples.For("g1", "c"), Samples.For("g2", "d")), Ndjson);

        Assert.Equal(["accepted", "retry", "retry", "accepted"],
            answer.Lines[..^1].Select(line => line.GetProperty("status").GetString()!));
        Assert.Equal("c", answer.Lines[2].GetProperty("event_id").GetString());
        Assert.DoesNotContain(
            api.Cluster.Recorded, request => request.Events.Any(message => message.EventId == "c"));
    }

    [Fact]
    public async Task An_empty_stream_has_a_summary_only()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Path, "\n \n", Ndjson);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, Assert.Single(answer.Lines).GetProperty("summary").GetProperty("lines").GetInt32());
    }
}
