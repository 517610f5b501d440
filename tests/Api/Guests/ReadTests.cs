using System.Net;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Guests;

public sealed class ReadTests
{
    [Fact]
    public async Task A_guest_is_read_with_masked_identifiers()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var answer = await api.GetAsync("/v1/guests/cust-42");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var guest = answer.Json;
        Assert.Equal("2026-11-23T09:15:30.000Z", guest.GetProperty("opened_at").GetString());
        Assert.Equal(
            """[{"provider":"email","id":"n•••@h•••","expiry_date":null},{"provider":"CRM_ID","id":"HB•••","expiry_date":"2027-01-01T00:00"}]""",
            guest.GetProperty("identifiers").GetRawText());
        var session = Assert.Single(guest.GetProperty("sessions").EnumerateArray());
        Assert.Equal("""{"VIEW":2,"site:CUSTOM":1}""", session.GetProperty("counts").GetRawText());
        Assert.Equal(
            """{"depth":2,"bytes":812,"oldest_pending_at":"2026-11-23T10:14:00.000Z","oldest_pending_age":90,"delivery":"backing_off","next_attempt_at":"2026-11-23T10:15:34.000Z","waiting":null}""",
            guest.GetProperty("line").GetRawText());
        Assert.Equal(
            """{"used":2,"limit":64}""", guest.GetProperty("limits").GetProperty("identifiers").GetRawText());
        Assert.DoesNotContain("harbourbikes.example", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_is_a_list_that_goes_on_after_its_next()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Timeline = new TimelinePage([Views.Summary(3), Views.Summary(4)], 4);

        var answer = await api.GetAsync("/v1/guests/cust-42/events?state=quarantined&type=IDENTITY&after=2&limit=2");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("4", answer.Json.GetProperty("next").GetString());
        Assert.Equal(
            """{"sequence":3,"event_id":"b3f3","type":"IDENTITY","occurred_at":null,"received_at":"2026-11-23T10:15:30.000Z","sent_at":"2026-11-23T10:15:30.250Z","delivered_at":null,"state":"quarantined","late":false,"possibly_duplicate":false,"redriven":false,"resolved":false,"attempts":1,"ref":null,"code":"refused","superseded_by":null,"replay_of":null}""",
            answer.Json.GetProperty("items")[0].GetRawText());
        Assert.Equal(new TimelineQuery("quarantined", "IDENTITY", 2, 2), api.Guest("cust-42").AskedTimeline);
    }

    [Fact]
    public async Task The_timeline_starts_with_fifty_of_everything()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Timeline = new TimelinePage([], null);

        var answer = await api.GetAsync("/v1/guests/cust-42/events");

        Assert.Equal("""{"items":[],"next":null}""", answer.Text);
        Assert.Equal(new TimelineQuery(null, null, 0, 50), api.Guest("cust-42").AskedTimeline);
    }

    [Theory]
    [InlineData("state=lost")]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=99999999999")]
    [InlineData("limit=ten")]
    [InlineData("after=-1")]
    [InlineData("after=b3f1")]
    [InlineData("limit=1&limit=2")]
    public async Task An_invalid_parameter_is_answered_400_and_named(string query)
    {
        await using var api = await ApiHost.StartAsync();

        var answer = await api.GetAsync($"/v1/guests/cust-42/events?{query}");

        answer.MustRefuse(HttpStatusCode.BadRequest, "invalid_parameter");
        Assert.Equal("/" + query.Split('=')[0], answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task An_event_is_read_whole_with_personal_values_masked()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Event = Views.Detail();

        var answer = await api.GetAsync("/v1/guests/cust-42/events/b3f3");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """{"type":"IDENTITY","identifiers":[{"provider":"CRM_ID","id":"HB•••"}],"email":"n•••@h•••"}""",
            answer.Json.GetProperty("received").GetRawText());
        Assert.Equal("null", answer.Json.GetProperty("sent").GetRawText());
        var attempt = Assert.Single(answer.Json.GetProperty("attempts").EnumerateArray());
        Assert.Equal(12.5, attempt.GetProperty("duration_ms").GetDouble());
        Assert.Equal("pooled", attempt.GetProperty("connection").GetString());
        Assert.Equal("""{"message":"bad","email":"n•••@h•••"}""", attempt.GetProperty("answer").GetString());
        Assert.DoesNotContain("niamh", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flush_tells_how_many_events_were_waiting()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Flush = new FlushAnswer(3);

        var answer = await api.PostAsync("/v1/guests/cust-42/flush", """{"reason":"on the phone"}""");

        Assert.Equal((HttpStatusCode.OK, """{"guest":"cust-42","undelivered":3}"""), (answer.Status, answer.Text));
        Assert.Equal(new ActMessage("demo-admin", "on the phone"), api.Guest("cust-42").FlushedBy);
    }

    [Fact]
    public async Task A_flush_of_a_paused_guest_says_that_it_waits()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Flush = new FlushAnswer(2);
        api.Guest("cust-42").View = Views.Guest() with { Wait = new WaitView(WaitCode.Paused) };

        var answer = await api.PostAsync("/v1/guests/cust-42/flush", """{"reason":"on the phone"}""");

        Assert.Equal("paused", answer.Json.GetProperty("waiting").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/v1/guests/%20cust-42")]
    [InlineData("/v1/guests/cust-42/events/b3f1%20")]
    [InlineData("/v1/guests/cust-42%E2%80%8B/events")]
    public async Task An_id_with_blanks_around_it_is_not_found_and_the_answer_says_why(string path)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        Assert.Contains(
            "blanks", (await api.GetAsync(path)).Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/guests/cust-43", "guest_not_found")]
    [InlineData("/v1/guests/cust-43/events", "guest_not_found")]
    [InlineData("/v1/guests/cust-43/events/b3f1", "event_not_found")]
    [InlineData("/v1/guests/no%20id", "guest_not_found")]
    [InlineData("/v1/guests/cust-42/events/no%20id", "event_not_found")]
    public async Task What_is_not_there_is_not_found(string path, string code)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").Event = Views.Detail();

        var answer = await api.GetAsync(path);

        answer.MustRefuse(HttpStatusCode.NotFound, code);
        Assert.DoesNotContain("cust", answer.Text, StringComparison.Ordinal);
    }
}
