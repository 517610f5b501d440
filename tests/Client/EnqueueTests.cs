using System.Net;

namespace GuestSessions.Client.Tests;

/// <summary>The buffer: when it sends, in which order, and what it does when it is full.</summary>
public sealed class EnqueueTests
{
    [Fact]
    public async Task Events_below_the_size_of_a_batch_are_sent_when_the_time_is_over()
    {
        await using var client = new TestClient();
        var queued = await client.Sessions.EnqueueAsync("cust-42", TestClient.View());

        var receipt = await client.RunAsync(queued.Completion);

        Assert.Equal(queued.EventId, receipt.EventId);
        Assert.InRange((client.Time.GetUtcNow() - client.Time.Start).TotalMilliseconds, 100, 2000);
    }

    [Fact]
    public async Task A_full_batch_is_sent_at_once()
    {
        await using var client = new TestClient(static options => options.BatchEvents = 3);
        for (var at = 0; at < 3; at++)
            await client.Sessions.EnqueueAsync($"g{at}", TestClient.View());

        await Eventually.TrueAsync(() => client.Service.Stored.Count == 3);

        Assert.Equal(client.Time.Start, client.Time.GetUtcNow());
        Assert.Equal(3, Assert.Single(client.Service.Requests).Lines);
    }

    [Fact]
    public async Task A_batch_is_sent_by_its_bytes_too_and_has_no_more_of_them()
    {
        await using var client = new TestClient(static options => options.BatchBytes = 1024);
        for (var at = 0; at < 8; at++)
            await client.Sessions.EnqueueAsync($"g{at}", new CustomEvent("NOTE") { Page = new string('p', 400) });

        await Eventually.TrueAsync(() => client.Service.Stored.Count >= 7);

        Assert.All(client.Service.Requests, static request => Assert.InRange(request.Body.Length, 1, 1024));
    }

    [Fact]
    public async Task A_flush_sends_what_is_there_without_waiting_for_the_time()
    {
        await using var client = new TestClient();
        var queued = await client.Sessions.EnqueueAsync("cust-42", TestClient.View());

        await client.Sessions.FlushAsync();

        Assert.True(queued.Completion.IsCompletedSuccessfully);
        Assert.Equal(client.Time.Start, client.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_guest_is_in_one_batch_at_a_time_whatever_fails()
    {
        var flying = new Dictionary<string, int>();
        await using var client = new TestClient(static options => options.BatchEvents = 5);
        var random = new Random(7);
        client.Service.Before = async (lines, _) =>
        {
            string[] guests = [.. lines.Select(static line => line.GetProperty("guest").GetString()!).Distinct()];
            lock (flying)
                Assert.All(guests, guest => Assert.Equal(1, flying[guest] = flying.GetValueOrDefault(guest) + 1));
            await Task.Yield();
            lock (flying)
                Array.ForEach(guests, guest => flying[guest]--);
            if (random.Next(4) == 0)
                throw new HttpRequestException("reset");
        };
        List<QueuedEvent> queued = [];
        for (var at = 0; at < 400; at++)
            queued.Add(await client.Sessions.EnqueueAsync($"g{at % 9}", TestClient.View($"e{at:000}")));

        await client.RunAsync(Task.WhenAll(queued.Select(static one => one.Completion)));

        Assert.All(client.Service.Stored.GroupBy(static one => one.Guest), static guest =>
            Assert.Equal(guest.Select(static one => one.EventId).Order(StringComparer.Ordinal), guest.Select(static one => one.EventId)));
        Assert.Equal(400, client.Service.Stored.Count);
    }

    [Fact]
    public async Task A_guest_that_the_service_asks_to_wait_holds_up_no_other_guest_and_keeps_its_order()
    {
        await using var client = new TestClient();
        var isFull = true;
        client.Service.Answers = envelope => isFull && envelope.GetProperty("guest").GetString() == "full"
            ? new { status = "retry", code = "guest_backlog_full", retry_after = 30 } : null;
        var first = await client.Sessions.EnqueueAsync("full", TestClient.View("f1"));
        var other = await client.Sessions.EnqueueAsync("other", TestClient.View("o1"));
        await client.RunAsync(other.Completion);
        isFull = false;
        var second = await client.Sessions.EnqueueAsync("full", TestClient.View("f2"));
        var later = await client.Sessions.EnqueueAsync("other", TestClient.View("o2"));
        await client.RunAsync(later.Completion);

        Assert.False(first.Completion.IsCompleted);
        await client.RunAsync(second.Completion);

        Assert.Equal([("other", "o1"), ("other", "o2"), ("full", "f1"), ("full", "f2")], client.Service.Stored);
        Assert.InRange((client.Time.GetUtcNow() - client.Time.Start).TotalSeconds, 30, 40);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_batch_to_send_again()
    {
        await using var client = new TestClient();
        client.Service.Faults.Enqueue(static _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{"line":1,"status":"accepted","sequence":1}""" + "\n" + """{"line":2,"sta"""),
        });
        var first = await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));
        var second = await client.Sessions.EnqueueAsync("g", TestClient.View("e2"));

        await client.RunAsync(second.Completion);

        Assert.True(first.Completion.IsCompletedSuccessfully);
        Assert.Equal(2, client.Service.Requests.Count);
        Assert.Single(client.Service.Requests.Select(static request => request.Body).Distinct());
    }

    [Fact]
    public async Task A_full_buffer_lets_its_callers_wait_in_turn()
    {
        await using var client = new TestClient(static options => options.BufferEvents = 2);
        var held = new TaskCompletionSource();
        client.Service.Before = (_, _) => held.Task;
        await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));
        await client.Sessions.EnqueueAsync("g", TestClient.View("e2"));
        var third = client.Sessions.EnqueueAsync("g", TestClient.View("e3")).AsTask();
        var fourth = client.Sessions.EnqueueAsync("g", TestClient.View("e4")).AsTask();
        await client.PassUntilAsync(() => !client.Service.Requests.IsEmpty);
        Assert.False(third.IsCompleted || fourth.IsCompleted);

        held.SetResult();
        await client.RunAsync((await client.RunAsync(fourth)).Completion);

        Assert.Equal(["e1", "e2", "e3", "e4"], client.Service.Stored.Select(static one => one.EventId));
    }

    [Fact]
    public async Task Who_stops_waiting_for_space_sends_nothing()
    {
        await using var client = new TestClient(static options => options.BufferEvents = 1);
        using var end = new CancellationTokenSource();
        await client.Sessions.EnqueueAsync("g", TestClient.View("e1"));
        var waiting = client.Sessions.EnqueueAsync("g", TestClient.View("e2"), end.Token).AsTask();

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await client.Sessions.FlushAsync();
        Assert.Equal(["e1"], client.Service.Stored.Select(static one => one.EventId));
    }

    [Fact]
    public async Task A_full_buffer_that_drops_says_so_and_counts()
    {
        var calls = new List<DroppedEvents>();
        await using var client = new TestClient(options =>
        {
            options.BufferEvents = 1;
            options.WhenFull = FullBuffer.Drop;
            options.OnDropped = dropped =>
            {
                lock (calls)
                    calls.Add(dropped);
            };
        });
        await client.Sessions.EnqueueAsync("g", TestClient.View());
        QueuedEvent[] dropped = [await client.Sessions.EnqueueAsync("g", TestClient.View()), await client.Sessions.EnqueueAsync("g", TestClient.View())];

        foreach (var one in dropped)
            Assert.Equal(DropReason.BufferFull, (await Assert.ThrowsAsync<EventNotStoredException>(() => one.Completion)).Reason);

        await Eventually.TrueAsync(() =>
        {
            lock (calls)
                return calls.Sum(static call => call.Count) == 2 && calls[^1].Total == 2;
        });
    }

    [Fact]
    public async Task A_rejected_event_fails_by_itself_and_the_next_ones_go_on()
    {
        await using var client = new TestClient();
        client.Service.Answers = static envelope => envelope.GetProperty("event_id").GetString() == "bad"
            ? new { status = "rejected", code = "invalid_page", errors = Array.Empty<object>() } : null;
        var bad = await client.Sessions.EnqueueAsync("g", TestClient.View("bad"));
        var good = await client.Sessions.EnqueueAsync("g", TestClient.View("good"));

        Assert.Equal(1, (await client.RunAsync(good.Completion)).Sequence);

        Assert.Equal("invalid_page", (await Assert.ThrowsAsync<EventRejectedException>(() => bad.Completion)).Code);
    }

}
