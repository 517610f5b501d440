using System.Text.Json;
using GuestSessions.Emulator.Faults;
using GuestSessions.SystemTests.Histories;
using GuestSessions.SystemTests.Hosting;
using GuestSessions.SystemTests.Load;

namespace GuestSessions.SystemTests;

/// <summary>A person fixes what the upstream refused, over HTTP, in the real process.</summary>
public sealed class SupportTests
{
    private static async Task CompleteAsync(SessionsClient client, string path, string body)
    {
        var id = (await client.ActAsync(path, body)).GetProperty("id").GetString();
        await Eventually.TrueAsync(
            async () => (await client.ReadAsync($"/v1/operations/{id}")).GetProperty("state").GetString() == "completed",
            Patience, "the operation has ended");
        Assert.Equal(3, (await client.ListAsync($"/v1/operations/{id}/items")).Count);
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_was_refused_is_listed_redriven_discarded_and_audited_over_a_kill()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        upstream.Faults.TryAdd(
            new FaultRule { Kind = FaultKind.Status, Status = 400, Times = 3, Path = FaultPath.Events });
        await client.RecordAsync(
            [.. Enumerable.Range(1, 5).Select(number => new SentEvent("guest-1", $"e{number}"))]);
        await IsEmptyAsync(client);
        Assert.Equal(["e1", "e2", "e3"], await QuarantineAsync(client));

        await silo.KillAsync();
        await silo.StartAsync();
        await client.ActAsync("/v1/guests/guest-1/events/e2/redrive", """{"reason":"the shop corrected it"}""");
        await client.ActAsync(
            "/v1/guests/guest-1/events/e1/redrive", """{"reason":"a typo","patch":{"ext":{"corrected":true}}}""");
        await client.ActAsync("/v1/guests/guest-1/events/e3/discard", """{"reason":"a test"}""");
        await IsEmptyAsync(client);

        Assert.Empty(await QuarantineAsync(client));
        var timeline = await client.ReadTimelineAsync("guest-1");
        Assert.Equal(
            ["delivered", "delivered", "discarded", "delivered", "delivered"], timeline.Select(@event => @event.State));
        Assert.Equal([true, true, false, false, false], timeline.Select(@event => @event.Redriven));
        var history = await HistoryReader.ReadAsync(client, ["guest-1"], upstream, inFlightAtFaults: 1, Patience);
        Assert.Empty(HistoryChecker.Check(history));

        await silo.KillAsync();
        await silo.StartAsync();
        var audit = await client.ListAsync("/v1/audit");
        Assert.Equal(["discarded", "redriven_edited", "redriven"], Texts(audit, "act"));
        Assert.Equal(["e3", "e1", "e2"], Texts(audit, "event_id"));
        Assert.All(Texts(audit, "by"), by => Assert.Equal("demo-admin", by));
        var corrected = (await client.ReadEventAsync("guest-1", "e1"))!.Value;
        Assert.Contains("corrected", corrected.GetProperty("sent").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("corrected", corrected.GetProperty("received").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_redrive_goes_on_over_a_kill_until_nothing_is_left()
    {
        const int Refused = 30;
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 413, Type = "VIEW", Times = Refused });
        for (var i = 0; i < Refused; i++)
        {
            // Taken between the refused ones, so that the tenant is not taken for misconfigured.
            await client.RecordAsync(
                new SentEvent("guest-1", $"e{i}"), SentEvent.Order("guest-1", $"{i}a"), SentEvent.Order("guest-1", $"{i}b"));
        }

        await Eventually.TrueAsync(
            async () => (await QuarantineAsync(client)).Count() == Refused, Patience, "all are refused");
        var started = await client.ActAsync("/v1/quarantine/redrive", """{"reason":"corrected"}""");
        await silo.KillAsync();
        await silo.StartAsync();

        var path = $"/v1/operations/{started.GetProperty("id").GetString()}";
        await Eventually.TrueAsync(
            async () => (await client.ReadAsync(path)).GetProperty("state").GetString() == "completed",
            Patience, "the operation has ended");
        await IsEmptyAsync(client);
        Assert.Empty(await QuarantineAsync(client));
        var timeline = await client.ReadTimelineAsync("guest-1");
        Assert.All(timeline, @event => Assert.Equal("delivered", @event.State));
        Assert.Equal(Refused, timeline.Count(@event => @event.Redriven));
    }

    [Fact]
    public async Task All_events_in_doubt_are_resolved_and_all_quarantined_ones_discarded()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 413, Type = "VIEW", Times = 3 });
        upstream.Faults.TryAdd(new FaultRule { Kind = FaultKind.Status, Status = 500, Type = "ORDER_CHECKOUT", Times = 3 });
        for (var i = 0; i < 3; i++)
            await client.RecordAsync(new SentEvent($"guest-{i}", "e"), SentEvent.Order($"guest-{i}", "o"));
        await Eventually.TrueAsync(
            async () => (await QuarantineAsync(client)).Count() == 3 && (await client.ListAsync("/v1/in-doubt")).Count == 3,
            Patience, "all are set aside");

        await CompleteAsync(client, "/v1/in-doubt/resolve", """{"reason":"seen upstream","outcome":"delivered"}""");
        await CompleteAsync(client, "/v1/quarantine/discard", """{"reason":"too large","type":"VIEW"}""");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(
                ["discarded", "delivered"], (await client.ReadTimelineAsync($"guest-{i}")).Select(static @event => @event.State));
        }

        Assert.Equal(
            ["bulk_discard_started", "bulk_resolve_started"],
            (await client.ListAsync("/v1/audit")).Select(static act => act.GetProperty("act").GetString())
                .Where(static kind => kind!.EndsWith("_started", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_paused_guest_waits_over_a_kill_until_it_is_resumed_and_nobody_else_does()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.RecordAsync(new SentEvent("guest-1", "e1"));
        await IsEmptyAsync(client);
        await client.ActAsync("/v1/guests/guest-1/pause", """{"reason":"double orders"}""");
        await client.RecordAsync(new SentEvent("guest-1", "e2"));
        await client.ActAsync("/v1/guests/guest-1/flush", """{"reason":"waits for nothing"}""");

        await silo.KillAsync();
        await silo.StartAsync();
        await client.RecordAsync(new SentEvent("guest-2", "e1"));
        await Eventually.TrueAsync(() => upstream.Arrivals.Count == 2, Patience, "guest-2's event arrives");
        await Eventually.TrueAsync(
            async () => (await client.ListAsync("/v1/backlog")).Count == 1, Patience, "the outcome of guest-2's event is recorded");

        var waiting = Assert.Single(await client.ListAsync("/v1/backlog"));
        Assert.Equal(
            ("guest-1", 1, "paused"),
            (waiting.GetProperty("guest").GetString(), waiting.GetProperty("undelivered").GetInt32(),
                waiting.GetProperty("block").GetString()));
        Assert.DoesNotContain(upstream.Arrivals, arrival => arrival.Mark == "/guest-1/e2");

        await client.ActAsync("/v1/guests/guest-1/resume", """{"reason":"corrected"}""");
        await IsEmptyAsync(client);
        Assert.Empty(await client.ListAsync("/v1/backlog"));
        Assert.Equal(["guest_resumed", "guest_flushed", "guest_paused"], Texts(await client.ListAsync("/v1/audit"), "act"));
    }

    [Fact]
    public async Task A_pause_of_the_whole_tenant_is_audited_too()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var silo = new SiloProcess(upstream.Address);
        await silo.StartAsync();
        using var client = new SessionsClient(silo.Address);
        await client.ActAsync("/v1/delivery/pause", """{"reason":"maintenance"}""");
        await client.ActAsync("/v1/delivery/resume", """{"reason":"done"}""");

        var audit = await client.ListAsync("/v1/audit");
        Assert.Equal(["tenant_resumed", "tenant_paused"], Texts(audit, "act"));
        Assert.Equal(["done", "maintenance"], Texts(audit, "reason"));
    }

    private static Task IsEmptyAsync(SessionsClient client) => Eventually.TrueAsync(
        async () => (await client.ReadGuestAsync("guest-1"))!.Value.GetProperty("line").GetProperty("depth").GetInt32() == 0,
        Patience, "the line of guest-1 is empty");

    private static async Task<IEnumerable<string>> QuarantineAsync(SessionsClient client) =>
        Texts(await client.ListAsync("/v1/quarantine"), "event_id");

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> items, string member) =>
        items.Select(item => item.GetProperty(member).GetString()!);
}
