using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Ingest;

public sealed class SingleEventTests
{
    [Fact]
    public async Task An_event_is_accepted_with_its_sequence()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("b3f1"));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            """{"guest":"cust-42","results":[{"event_id":"b3f1","status":"accepted","sequence":1}]}""", answer.Text);
        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task The_grain_gets_the_event_as_received_and_the_time_it_was_received_at()
    {
        await using var api = await ApiHost.StartAsync();

        await api.PostAsync(Samples.Path, """
            {"event_id":"b3f1","occurred_at":"2026-11-23T10:15:29.5+01:00","event":{"page":"/a", "type":"VIEW","pos":"harbourbikes/ie","price":1.50}}
            """);

        var request = Assert.Single(api.Cluster.Recorded);
        var message = Assert.Single(request.Events);
        Assert.Equal("cust-42", request.Guest);
        Assert.Equal("""{"page":"/a", "type":"VIEW","pos":"harbourbikes/ie","price":1.50}""", message.Content.Body.ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 15, 29, 500, TimeSpan.Zero), message.OccurredAt);
        Assert.Contains("\"language\":\"EN\"", message.Content.Defaults.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_event_again_is_a_duplicate_with_the_first_sequence()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync(Samples.Path, Samples.Envelope("b3f0"));
        await api.PostAsync(Samples.Path, Samples.Envelope("b3f1"));

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("b3f0"));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var result = Assert.Single(answer.Results);
        Assert.Equal("duplicate", result.GetProperty("status").GetString());
        Assert.Equal(1, result.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Other_content_under_a_used_id_is_a_conflict()
    {
        await using var api = await ApiHost.StartAsync();
        await api.PostAsync(Samples.Path, Samples.Envelope("b3f1", page: "/a"));

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("b3f1", page: "/b"));

        answer.MustRefuse(HttpStatusCode.Conflict, "event_id_reused");
        Assert.Equal("b3f1", answer.Json.GetProperty("event_id").GetString());
    }

    [Fact]
    public async Task An_event_without_an_id_gets_one()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Samples.Path, $$$"""{"event":{{{Samples.Event()}}}}""");

        var id = Assert.Single(answer.Results).GetProperty("event_id").GetString();
        Assert.Equal(id, Assert.Single(Assert.Single(api.Cluster.Recorded).Events).EventId);
        Assert.Equal(7, Guid.ParseExact(id!, "N").Version);
    }

    [Fact]
    public async Task A_rejected_event_names_itself_and_every_error_and_never_reaches_the_grain()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("b3f3", pos: "nowhere"));

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "unknown_point_of_sale");
        Assert.Equal("b3f3", answer.Json.GetProperty("event_id").GetString());
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal("/event/pos", error.GetProperty("path").GetString());
        Assert.Equal("unknown_point_of_sale", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("detail").GetString()!);
        Assert.Empty(api.Cluster.Recorded);
    }

    [Fact]
    public async Task What_is_doubtful_comes_back_as_a_warning()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(
            Samples.Path, """{"event_id":"b3f1","event":{"type":"VIEW","page":"/a","pos":"harbourbikes/ie","client_key":"mine"}}""");

        var warning = Assert.Single(Assert.Single(answer.Results).GetProperty("warnings").EnumerateArray());
        Assert.Equal("client_key_ignored", warning.GetProperty("code").GetString());
        Assert.Equal("/event/client_key", warning.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("guest_backlog_full", HttpStatusCode.TooManyRequests)]
    [InlineData("guest_busy", HttpStatusCode.ServiceUnavailable)]
    public async Task A_retry_says_when(string code, HttpStatusCode status)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Results["b3f4"] =
            new RecordResult(RecordStatus.Retry, Code: code, RetryAfter: TimeSpan.FromMilliseconds(1200));

        var answer = await api.PostAsync(Samples.Path, Samples.Envelope("b3f4"));

        answer.MustRefuse(status, code);
        Assert.Equal(2, answer.RetryAfter);
    }

    [Fact]
    public async Task An_envelope_of_another_guest_is_rejected()
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync(Samples.Path, Samples.For("cust-43", "b3f1"));

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "guest_mismatch");
        Assert.Empty(api.Cluster.Recorded);
    }

    [Theory]
    [InlineData("undefined", "junk_guest_id")]
    [InlineData("ANONYMOUS", "junk_guest_id")]
    [InlineData("a%20b", "invalid_guest_id")]
    public async Task A_junk_or_invalid_guest_id_is_answered_422_and_nothing_is_recorded(string guest, string code)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.PostAsync($"/v1/guests/{guest}/events", Samples.Envelope("b3f1"));

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, code);
        Assert.Empty(api.Cluster.Recorded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"event":{"type":"VIEW"},}""")]
    [InlineData("""{"event":{},"event":{}}""")]
    public async Task Malformed_JSON_is_a_bad_request(string body)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync(Samples.Path, body)).MustRefuse(HttpStatusCode.BadRequest, "malformed_json");
    }

    [Fact]
    public async Task A_guest_of_one_tenant_is_not_the_guest_of_another()
    {
        await using var api = await ApiHost.StartAsync(Configurations.Of(
            Configurations.Other,
            Configurations.Key("other", 0, "other-app", "other-secret", "ingest")));

        await api.PostAsync(Samples.Path, Samples.Envelope("b3f1"), secret: "demo-ingest");
        var answer = await api.PostAsync(Samples.Path,
            """{"event_id":"b3f1","event":{"type":"VIEW","channel":"WEB","language":"EN","currency":"EUR","page":"/a","pos":"other/ie"}}""",
            secret: "other-secret");

        Assert.Equal("accepted", Assert.Single(answer.Results).GetProperty("status").GetString());
    }
}
