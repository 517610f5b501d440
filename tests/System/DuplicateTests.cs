using System.Net;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

public sealed class DuplicateTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_same_event_has_one_answer_and_one_arrival_within_a_life_and_across_a_kill()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        var repeated = new SentEvent("g", "twice");

        var first = await client.RecordAsync(repeated);
        await client.RecordAsync(new SentEvent("g", "between"));
        var again = await client.RecordAsync(repeated);
        await DeliverAsync(client, 2);
        await silo.KillAsync();
        await silo.StartAsync();
        var afterKill = await client.RecordAsync(repeated);
        await client.RecordAsync(new SentEvent("g", "last"));
        await DeliverAsync(client, 3);

        Assert.Equal((EventStatus.Accepted, 1L), (first[0].EventStatus, first[0].Sequence));
        Assert.Equal((EventStatus.Duplicate, 1L), (again[0].EventStatus, again[0].Sequence));
        Assert.Equal((EventStatus.Duplicate, 1L), (afterKill[0].EventStatus, afterKill[0].Sequence));
        Assert.Equal(["/g/twice", "/g/between", "/g/last"], upstream.Arrivals.Select(static got => got.Mark));
    }

    [Fact]
    public async Task The_same_event_id_for_another_event_is_a_conflict_across_a_kill_too()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        var original = new SentEvent("g", "e1");
        await client.RecordAsync(original);
        await silo.KillAsync();
        await silo.StartAsync();

        var (status, body) = await client.PostRawAsync(original with { Variant = "/other" });

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("event_id_reused", body.GetProperty("code").GetString());
        Assert.Equal("/event/page", body.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_retry_with_a_time_of_its_own_is_a_duplicate_in_every_form_and_across_a_kill()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        var first = await client.ActAsync("/v1/guests/g/events", Stamped("e1", 1));
        Assert.Equal("accepted", first.GetProperty("results")[0].GetProperty("status").GetString());

        var again = await client.ActAsync("/v1/guests/g/events", Stamped("e1", 2));
        var batch = await client.ActAsync(
            "/v1/guests/g/events", $$"""{"events":[{{Stamped("e1", 3)}},{{Stamped("e2", 3)}},{{Stamped("e2", 4)}}]}""");
        await silo.KillAsync();
        await silo.StartAsync();
        var afterKill = await client.ActAsync("/v1/guests/g/events", Stamped("e1", 5));
        var same = await client.ActAsync("/v1/guests/g/events", Stamped("e1", 1));

        foreach (var answer in new[] { again, batch, afterKill })
        {
            var result = answer.GetProperty("results")[0];
            Assert.Equal(("duplicate", 1), (result.GetProperty("status").GetString(), result.GetProperty("sequence").GetInt32()));
            Assert.Equal("occurred_at_differs", result.GetProperty("warnings")[0].GetProperty("code").GetString());
        }

        Assert.Equal(
            ["duplicate", "accepted", "duplicate"],
            batch.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetString()!));
        Assert.False(same.GetProperty("results")[0].TryGetProperty("warnings", out _));
        var kept = (await client.ReadEventAsync("g", "e1"))!.Value;
        Assert.StartsWith("2026-11-23T10:15:01", kept.GetProperty("occurred_at").GetString(), StringComparison.Ordinal);
    }

    private static string Stamped(string id, int second) => $$$"""
        {"event_id":"{{{id}}}","occurred_at":"2026-11-23T10:15:0{{{second}}}Z",
         "event":{"type":"VIEW","page":"/g","pos":"{{{SentEvent.PointOfSale}}}"}}
        """;

    private static Task DeliverAsync(SessionsClient client, long count) => Eventually.TrueAsync(
        async () => (await client.ReadGuestAsync("g"))!.Value.GetProperty("delivered").GetInt64() == count,
        Soon, $"{count} are delivered");
}
