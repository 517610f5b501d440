using System.Net;

namespace GuestSessions.Client.Tests;

/// <summary>A refused batch keeps its events: only an event that is wrong itself is dropped.</summary>
public sealed class RefusedBatchTests
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_batch_that_is_refused_is_sent_again_until_the_setup_is_right(int status)
    {
        await using var client = new TestClient();
        Refuse(client, status, times: 5);
        var first = await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));
        var second = await client.Sessions.EnqueueAsync("g", TestClient.View("e2"));

        await client.RunAsync(second.Completion);

        Assert.True(first.Completion.IsCompletedSuccessfully);
        Assert.Equal([("g", "e1"), ("g", "e2")], client.Service.Stored);
        Assert.Equal(6, client.Service.Requests.Count);
    }

    [Fact]
    public async Task A_refused_key_is_logged_once_until_it_is_right_again()
    {
        await using var client = new TestClient();
        Refuse(client, 401, times: 4);
        await client.RunAsync((await client.Sessions.EnqueueAsync("g", TestClient.View())).Completion);
        Refuse(client, 401, times: 3);
        await client.RunAsync((await client.Sessions.EnqueueAsync("g", TestClient.View())).Completion);

        var refusals = client.Log.Entries.Where(static entry => entry.Id.Id == 6).ToList();
        Assert.Equal(2, refusals.Count);
        Assert.All(refusals, static entry => Assert.Contains("401 unauthenticated", entry.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_refused_key_keeps_back_is_left_at_the_stop_and_says_why()
    {
        await using var client = new TestClient(static options => options.DrainTimeout = TimeSpan.FromSeconds(5));
        Refuse(client, 401, times: 100);
        var queued = await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));

        var report = await client.RunAsync(client.Sessions.StopAsync());

        Assert.Equal(["e1"], report.Left.Select(static left => left.EventId));
        Assert.Equal(0, report.Dropped);
        var lost = await Assert.ThrowsAsync<EventNotStoredException>(() => queued.Completion);
        Assert.Contains("401 unauthenticated", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_halved_and_only_an_event_that_is_too_large_alone_is_dropped()
    {
        await using var client = new TestClient();
        client.Service.Limit = 1000;
        List<QueuedEvent> queued = [];
        for (var at = 0; at < 6; at++)
            queued.Add(await client.Sessions.EnqueueAsync("g", TestClient.View($"e{at}")));
        var large = await client.Sessions.EnqueueAsync("g", new CustomEvent("NOTE") { EventId = "large", Page = new string('p', 2000) });
        queued.Add(await client.Sessions.EnqueueAsync("g", TestClient.View("e6")));

        await client.RunAsync(Task.WhenAll(queued.Select(static one => one.Completion)));

        Assert.Equal(
            (int)HttpStatusCode.RequestEntityTooLarge,
            (await Assert.ThrowsAsync<RequestRefusedException>(() => large.Completion)).Status);
        Assert.Equal(["e0", "e1", "e2", "e3", "e4", "e5", "e6"], client.Service.Stored.Select(static one => one.EventId));
    }

    [Fact]
    public async Task A_half_that_has_to_wait_lets_no_later_event_of_its_guest_pass()
    {
        await using var client = new TestClient();
        client.Service.Limit = 200;
        var isFull = true;
        client.Service.Answers = _ => isFull ? new { status = "retry", code = "guest_backlog_full", retry_after = 2 } : null;
        client.Service.Before = (lines, _) =>
        {
            isFull = client.Service.Requests.Count < 4 && lines[0].GetProperty("event_id").GetString() == "e0";
            return Task.CompletedTask;
        };
        List<QueuedEvent> queued = [];
        for (var at = 0; at < 4; at++)
            queued.Add(await client.Sessions.EnqueueAsync("g", TestClient.View($"e{at}")));

        await client.RunAsync(Task.WhenAll(queued.Select(static one => one.Completion)));

        Assert.Equal(["e0", "e1", "e2", "e3"], client.Service.Stored.Select(static one => one.EventId));
    }

    private static void Refuse(TestClient client, int status, int times)
    {
        for (var at = 0; at < times; at++)
            client.Service.Faults.Enqueue(_ => FakeService.Json(status, new { code = "unauthenticated", detail = "Unknown key." }));
    }
}
