using System.Net;
using System.Text;
using GuestSessions.Api.Tests.Guests;
using GuestSessions.Api.Tests.Hosting;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Replay;

public sealed class ReplayTests
{
    private const string Path = "/v1/guests/cust-42/replay";
    private const string Browser = "browser:6c1b4a5e-0d32-4c7b-8f11-93a4d2e7b001";

    [Fact]
    public async Task A_replay_is_answered_at_once_with_where_to_look()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var answer = await api.PostAsync(Path, """
            {"reason":"lost upstream","from_sequence":3,"to_sequence":8,"type":"VIEW",
             "received_from":"2026-11-23T09:00:00Z","received_to":"2026-11-23T11:00:00+01:00"}
            """);

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        var id = answer.Json.GetProperty("id").GetString()!;
        Assert.Equal($"/v1/operations/{id}", answer.Message.Headers.Location!.OriginalString);
        Assert.Equal("""{"done":0,"total":6}""", answer.Json.GetProperty("progress").GetRawText());
        var (lines, range, act) = api.Cluster.Operation($"demo/{id}").AskedReplay;
        Assert.Equal([ApiHost.Keyring.KeyOf("demo", "cust-42").ToString()], lines);
        Assert.Equal(
            new ReplayRange(
                3, 8, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), "VIEW"), range);
        Assert.Equal(new ActMessage("demo-admin", "lost upstream"), act);
    }

    [Theory]
    [InlineData("\"from_sequence\":9,\"to_sequence\":3", "/to_sequence")]
    [InlineData("\"received_from\":\"2026-11-23T10:00:00Z\",\"received_to\":\"2026-11-23T10:30:00+01:00\"", "/received_to")]
    [InlineData("\"received_from\":\"2026-11-23T10:00:00Z\",\"received_to\":\"2026-11-23T10:00:00Z\"", "/received_to")]
    public async Task A_range_that_ends_before_it_begins_is_rejected(string range, string path)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        foreach (var how in (string[])["\"reason\":\"r\"", "\"dry_run\":true"])
        {
            var answer = await api.PostAsync(Path, $"{{{how},{range}}}");
            answer.MustRefuse(HttpStatusCode.UnprocessableEntity, "invalid_range");
            Assert.Equal(path, answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        }
    }

    [Fact]
    public async Task A_dry_run_needs_no_reason_and_shows_in_order_what_would_be_sent_masked()
    {
        await using var api = await ApiHost.StartAsync();
        var guest = api.Guest("cust-42");
        guest.View = Views.Guest();
        guest.Preview = new ReplayPreview(
            [
                new PreviewedEvent(3, "b3f3", "VIEW", Encoding.UTF8.GetBytes("""{"type":"VIEW","email":"niamh@harbourbikes.example"}""")),
                new PreviewedEvent(5, "b3f5", "VIEW", default),
            ],
            Next: 503);

        var answer = await api.PostAsync(Path, """{"dry_run":true}""");

        Assert.Equal(
            """{"items":[{"replay_of":3,"event_id":"b3f3","type":"VIEW","sent":{"type":"VIEW","email":"n•••@h•••"}},{"replay_of":5,"event_id":"b3f5","type":"VIEW","sent":null}],"next":503}""",
            answer.Text);
        Assert.Equal((new ReplayRange(1, long.MaxValue), 500), guest.AskedPreview);
        Assert.Empty(api.Cluster.Recorded);
    }

    [Theory]
    [InlineData("""{"reason":"r"}""", Browser, "cust-42")]
    [InlineData("""{"reason":"r","received_from":"2026-11-23T09:00:00Z"}""", Browser, "cust-42")]
    [InlineData("""{"reason":"r","from_sequence":3}""", "cust-42")]
    [InlineData($$"""{"reason":"r","from_sequence":3,"line":"{{Browser}}"}""", Browser)]
    [InlineData("""{"reason":"r","line":"cust-42"}""", "cust-42")]
    public async Task A_replay_covers_the_browsers_that_the_guest_was_named_for(string body, params string[] covered)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest() with { Lines = new[] { Browser } };
        api.Guest(Browser).View = Views.Guest() with { Guest = Browser };

        var answer = await api.PostAsync(Path, body);

        Assert.Equal(
            covered.Select(static line => ApiHost.Keyring.KeyOf("demo", line).ToString()),
            api.Cluster.Operation($"demo/{answer.Json.GetProperty("id").GetString()}").AskedReplay.Lines);
    }

    [Fact]
    public async Task A_dry_run_shows_the_lines_of_browsers_first_and_says_where_it_goes_on()
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest() with { Lines = new[] { Browser } };
        api.Guest("cust-42").Preview = new ReplayPreview([new PreviewedEvent(1, "b", "VIEW", default)], Next: null);
        api.Guest(Browser).Preview = new ReplayPreview([new PreviewedEvent(2, "a", "VIEW", default)], Next: null);

        Assert.Equal(
            $$"""{"items":[{"replay_of":2,"event_id":"a","type":"VIEW","sent":null,"line":"{{Browser}}"},{"replay_of":1,"event_id":"b","type":"VIEW","sent":null}],"next":null}""",
            (await api.PostAsync(Path, """{"dry_run":true}""")).Text);

        api.Guest(Browser).Preview = new ReplayPreview([], Next: 501);
        Assert.Equal(
            $$"""{"items":[],"next":501,"next_line":"{{Browser}}"}""",
            (await api.PostAsync(Path, """{"dry_run":true}""")).Text);
        (await api.PostAsync(Path, """{"dry_run":true,"line":"browser:other"}""")).MustRefuse(
            HttpStatusCode.NotFound, "guest_not_found");
    }

    [Fact]
    public async Task A_replay_that_has_ended_tells_what_came_of_it()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Operation("demo/op1").View = new OperationView(
            "op1", "replay", ApiHost.Now, ApiHost.Now.AddSeconds(3), 7, 0, 2)
        {
            Replayed = 5,
        };
        api.Cluster.Operation("demo/op2").View = new OperationView(
            "op2", "replay", ApiHost.Now, ApiHost.Now.AddSeconds(3), 7, 0, 0)
        {
            Replayed = 1,
            HasFailed = true,
        };

        var ended = (await api.GetAsync("/v1/operations/op1")).Json;
        var failed = (await api.GetAsync("/v1/operations/op2")).Json;

        Assert.Equal("""{"replayed":5,"skipped":2}""", ended.GetProperty("result").GetRawText());
        Assert.Equal("""{"done":7,"total":7}""", ended.GetProperty("progress").GetRawText());
        Assert.Equal("failed", failed.GetProperty("state").GetString());
        Assert.Equal("""{"replayed":1,"skipped":0}""", failed.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task A_replay_of_an_order_says_that_it_makes_a_second_one_and_asks_to_confirm_that()
    {
        await using var api = await ApiHost.StartAsync();
        var guest = api.Guest("cust-42");
        (guest.View, guest.HasOrders) = (Views.Guest(), true);
        guest.Preview = new ReplayPreview(
            [new PreviewedEvent(3, "b3f3", "VIEW", default), new PreviewedEvent(5, "b3f5", "CHECKOUT", default, MakesOrder: true)], null);

        var warning = Assert.Single((await api.PostAsync(Path, """{"dry_run":true}""")).Json.GetProperty("warnings").EnumerateArray());
        Assert.Equal(
            ("second_order", "/items/1"), (warning.GetProperty("code").GetString(), warning.GetProperty("path").GetString()));
        var unconfirmed = await api.PostAsync(Path, """{"reason":"lost upstream"}""");
        unconfirmed.MustRefuse(HttpStatusCode.UnprocessableEntity, "orders_not_confirmed");
        Assert.Equal("/confirm_orders", unconfirmed.Json.GetProperty("errors")[0].GetProperty("path").GetString());
        (await api.PostAsync(Path, """{"reason":"lost upstream","confirm_orders":false}"""))
            .MustRefuse(HttpStatusCode.UnprocessableEntity, "orders_not_confirmed");

        var confirmed = await api.PostAsync(Path, """{"reason":"lost upstream","confirm_orders":true}""");
        Assert.Equal(HttpStatusCode.Accepted, confirmed.Status);
        Assert.True(api.Cluster.Operation($"demo/{confirmed.Json.GetProperty("id").GetString()}").AskedReplay.Range.Orders);
    }

    [Theory]
    [InlineData("""{"reason":"r","confirm_orders":"yes"}""", "wrong_type", "/confirm_orders")]
    [InlineData("{}", "missing_reason", "/reason")]
    [InlineData("""{"dry_run":"yes"}""", "wrong_type", "/dry_run")]
    [InlineData("""{"dry_run":true,"from_sequence":0}""", "wrong_type", "/from_sequence")]
    [InlineData("""{"dry_run":true,"to_sequence":"8"}""", "wrong_type", "/to_sequence")]
    [InlineData("""{"dry_run":true,"received_from":"yesterday"}""", "wrong_type", "/received_from")]
    [InlineData("""{"dry_run":true,"received_to":7}""", "wrong_type", "/received_to")]
    [InlineData("""{"dry_run":true,"type":["VIEW"]}""", "wrong_type", "/type")]
    [InlineData("""{"dry_run":true,"state":"delivered"}""", "unknown_member", "/state")]
    public async Task An_invalid_member_of_a_replay_is_named_by_its_path(string body, string code, string path)
    {
        await using var api = await ApiHost.StartAsync();
        api.Guest("cust-42").View = Views.Guest();

        var answer = await api.PostAsync(Path, body);

        answer.MustRefuse(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(path, answer.Json.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("cust-43", """{"reason":"r"}""")]
    [InlineData("cust-43", """{"dry_run":true}""")]
    [InlineData("no%20id", """{"reason":"r"}""")]
    public async Task A_guest_that_was_never_seen_is_not_found(string guest, string body)
    {
        await using var api = await ApiHost.StartAsync();

        (await api.PostAsync($"/v1/guests/{guest}/replay", body)).MustRefuse(HttpStatusCode.NotFound, "guest_not_found");
    }
}
