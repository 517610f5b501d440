using System.Net;
using System.Text.Json;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A person has delivered events delivered again, over HTTP, in the real process.</summary>
public sealed class ReplayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_a_dry_run_shows_is_delivered_again_once_over_a_kill_however_often_it_is_asked_for()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(
            [.. Enumerable.Range(1, 150).Select(number => new SentEvent("guest-1", $"e{number}"))]);
        await IsDeliveredAsync(client, 150);

        var shown = await client.ActAsync(
            "/v1/guests/guest-1/replay", """{"dry_run":true,"from_sequence":11,"to_sequence":140}""");
        Task<JsonElement> Begin() => client.ActAsync(
            "/v1/guests/guest-1/replay", """{"reason":"lost upstream","from_sequence":11,"to_sequence":140}""", "ticket-7");
        var both = await Task.WhenAll(Begin(), Begin());
        await silo.KillAsync();
        await silo.StartAsync();
        var begun = await Begin();
        Assert.All(both, other => Assert.Equal(IdOf(begun), IdOf(other)));
        var path = $"/v1/operations/{IdOf(begun)}";
        await Eventually.TrueAsync(
            async () => (await client.ReadAsync(path)).GetProperty("state").GetString() == "completed",
            Patience, "the operation has ended");
        await IsDeliveredAsync(client, 280);

        Assert.Equal(
            """{"replayed":130,"skipped":0}""", (await client.ReadAsync(path)).GetProperty("result").GetRawText());
        var items = shown.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(11, 130), items.Select(item => item.GetProperty("replay_of").GetInt32()));
        var replayed = (await client.ListAsync("/v1/guests/guest-1/events?after=150&limit=500")).ToList();
        Assert.Equal(Enumerable.Range(11, 130), replayed.Select(@event => @event.GetProperty("replay_of").GetInt32()));
        Assert.Equal(Sent(items[7]), await SentAsync(client, replayed[7]));
        Assert.Contains("\"replayed\":true", Sent(items[7]), StringComparison.Ordinal);
        Assert.Single(
            await client.ListAsync("/v1/audit"), static act => act.GetProperty("act").GetString() == "replay_begun");
    }

    [Fact]
    public async Task A_replay_of_an_order_says_that_it_makes_a_second_one_and_runs_only_once_that_is_confirmed()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("guest-1", "e1"), SentEvent.Order("guest-1", "o1"));
        await IsDeliveredAsync(client, 2);
        const string Path = "/v1/guests/guest-1/replay";

        var shown = await client.ActAsync(Path, """{"dry_run":true}""");
        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.ActAsync(Path, """{"reason":"lost upstream"}"""));
        var arrivedBefore = upstream.Arrivals.Count;
        var begun = await client.ActAsync(Path, """{"reason":"lost upstream","confirm_orders":true}""");
        await IsDeliveredAsync(client, 4);

        var warning = Assert.Single(shown.GetProperty("warnings").EnumerateArray());
        Assert.Equal(
            ("second_order", "/items/1"), (warning.GetProperty("code").GetString(), warning.GetProperty("path").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(2, arrivedBefore);
        Assert.Equal("replay", begun.GetProperty("kind").GetString());
        Assert.Equal(2, upstream.Arrivals.Count(static arrival => SentEvent.IsOrderMark(arrival.Mark)));
    }

    private static string? IdOf(JsonElement operation) => operation.GetProperty("id").GetString();

    private static string Sent(JsonElement item) => item.GetProperty("sent").GetRawText();

    private static async Task<string> SentAsync(SessionsClient client, JsonElement item) =>
        Sent((await client.ReadEventAsync("guest-1", item.GetProperty("event_id").GetString()!))!.Value);

    private static Task IsDeliveredAsync(SessionsClient client, int events) => Eventually.TrueAsync(
        async () => (await client.ReadGuestAsync("guest-1"))!.Value.GetProperty("delivered").GetInt32() == events,
        Patience, "all is delivered");
}
