using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class BatchTests
{
    [Fact]
    public async Task Results_come_in_request_order_and_the_valid_events_in_one_call()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Samples.Path, Samples.Batch(
            Samples.Envelope("a"),
            Samples.Envelope("b", pos: "nowhere"),
            Samples.Envelope("a"),
            Samples.Envelope("a", page: "/other"),
            Samples.Envelope("c")));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            [("a", "accepted"), ("b", "rejected"), ("a", "duplicate"), ("a", "rejected"), ("c", "accepted")],
            answer.Results.Select(result =>
                (result.GetProperty("event_id").GetString()!, result.GetProperty("status").GetString()!)));
        Assert.Equal("unknown_point_of_sale", answer.Results[1].GetProperty("code").GetString());
        Assert.Equal("event_id_reused", answer.Results[3].GetProperty("code").GetString());
        Assert.Equal(
            ["a", "a", "a", "c"], Assert.Single(api.Cluster.Recorded).Events.Select(message => message.EventId));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_accepted_is_answered_422_with_its_results()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["b"] =
            new RecordResult(RecordStatus.Retry, Code: "guest_backlog_full", RetryAfter: TimeSpan.FromSeconds(2));

        var answer = await api.PostAsync(
            Samples.Path, Samples.Batch(Samples.Envelope("a", pos: "nowhere"), Samples.Envelope("b")));

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "no_event_accepted");
        Assert.Equal(["rejected", "retry"], answer.Results.Select(result => result.GetProperty("status").GetString()!));
        Assert.Equal(2, answer.Results[1].GetProperty("retry_after").GetInt32());
    }

    [Theory]
    [InlineData("guest_backlog_full", HttpStatusCode.TooManyRequests)]
    [InlineData("guest_busy", HttpStatusCode.ServiceUnavailable)]
    public async Task A_batch_of_nothing_but_retries_says_when(string code, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync();
        var retry = new RecordResult(RecordStatus.Retry, Code: code, RetryAfter: TimeSpan.FromSeconds(3));
        api.Guest("cust-42").Results["a"] = retry with { RetryAfter = TimeSpan.FromSeconds(1) };
        api.Guest("cust-42").Results["b"] = retry;

        var answer = await api.PostAsync(Samples.Path, Samples.Batch(Samples.Envelope("a"), Samples.Envelope("b")));

        answer.MustRefuse(status, code);
        Assert.Equal(3, answer.RetryAfter);
        Assert.Equal(2, answer.Results.Length);
    }

    [Theory]
    [InlineData("""{"events":[]}""", HttpStatusCode.UnprocessableEntity, "no_events")]
    [InlineData("""{"events":{}}""", HttpStatusCode.UnprocessableEntity, "wrong_type")]
    [InlineData("""{"events":[1],"guest":"x"}""", HttpStatusCode.UnprocessableEntity, "unknown_member")]
    [InlineData("""{"events":[1],"events":[2]}""", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("""{"events":[1]""", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("""{"events":[1]} x""", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("""{"events":[1,]}""", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("""{"events":[1],"\ud800":1}""", HttpStatusCode.BadRequest, "malformed_json")]
    [InlineData("""{"\ud800":1,"events":[1]}""", HttpStatusCode.BadRequest, "malformed_json")]
    public async Task A_body_that_is_no_batch_is_answered_with_what_is_wrong_with_it(string body, HttpStatusCode status, string code)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Samples.Path, body)).MustRefuse(status, code);
    }

    [Fact]
    public async Task An_element_that_is_no_envelope_is_rejected_alone()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Samples.Path, Samples.Batch("1", Samples.Envelope("a")));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(["rejected", "accepted"], answer.Results.Select(result => result.GetProperty("status").GetString()!));
        Assert.False(answer.Results[0].TryGetProperty("event_id", out _));
    }
}
